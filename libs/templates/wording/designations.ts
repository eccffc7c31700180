/**
 * Designations as citizens know them. Masters carry the English designation alone; one that is not listed is
 * shown as it stands there. Abbreviations are written out in English too.
 */
export const DESIGNATIONS: Readonly<Record<string, { en?: string; bn: string; hi: string }>> = {
  'Sub-Assistant Engineer': { bn: 'সাব-অ্যাসিস্ট্যান্ট ইঞ্জিনিয়ার', hi: 'सब-असिस्टेंट इंजीनियर' },
  'Executive Engineer': { bn: 'এগজিকিউটিভ ইঞ্জিনিয়ার', hi: 'एग्जीक्यूटिव इंजीनियर' },
  'Deputy Chief Engineer': { bn: 'ডেপুটি চিফ ইঞ্জিনিয়ার', hi: 'डिप्टी चीफ इंजीनियर' },
  'Deputy Manager': { bn: 'ডেপুটি ম্যানেজার', hi: 'डिप्टी मैनेजर' },
  'Deputy Manager (Borough)': { bn: 'ডেপুটি ম্যানেজার (বরো)', hi: 'डिप्टी मैनेजर (बोरो)' },
  'Chief Manager': { bn: 'চিফ ম্যানেজার', hi: 'चीफ मैनेजर' },
  'Conservancy Overseer': { bn: 'জঞ্জাল সাফাই ওভারসিয়ার', hi: 'सफ़ाई ओवरसियर' },
  'Lighting Inspector': { bn: 'আলো বিভাগের ইন্সপেক্টর', hi: 'प्रकाश निरीक्षक' },
  'Ward Health Officer': { bn: 'ওয়ার্ড স্বাস্থ্য আধিকারিক', hi: 'वार्ड स्वास्थ्य अधिकारी' },
  'Vector Control In-charge': { bn: 'মশা নিয়ন্ত্রণের ভারপ্রাপ্ত আধিকারিক', hi: 'मच्छर नियंत्रण प्रभारी' },
  'Garden Overseer': { bn: 'উদ্যান ওভারসিয়ার', hi: 'उद्यान ओवरसियर' },
  'Building Inspector': { bn: 'বিল্ডিং ইন্সপেক্টর', hi: 'भवन निरीक्षक' },
  'Assessment Inspector': { bn: 'কর মূল্যায়ন ইন্সপেক্টর', hi: 'कर निर्धारण निरीक्षक' },
  'Licence Inspector': { bn: 'লাইসেন্স ইন্সপেক্টর', hi: 'लाइसेंस निरीक्षक' },
  'Market Superintendent': { bn: 'বাজার সুপারিনটেনডেন্ট', hi: 'बाज़ार अधीक्षक' },
  'Bustee Overseer': { bn: 'বস্তি ওভারসিয়ার', hi: 'बस्ती ओवरसियर' },
  'Advertisement Inspector': { bn: 'বিজ্ঞাপন ইন্সপেক্টর', hi: 'विज्ञापन निरीक्षक' },
  'Office Superintendent': { bn: 'অফিস সুপারিনটেনডেন্ট', hi: 'कार्यालय अधीक्षक' },
  'Director General (Building) II': {
    en: 'Director General (Building)',
    bn: 'ডিরেক্টর জেনারেল (বিল্ডিং)',
    hi: 'महानिदेशक (भवन)',
  },
  'OSD to Municipal Commissioner': {
    en: "Municipal Commissioner's Officer on Special Duty",
    bn: 'পুর কমিশনারের বিশেষ দায়িত্বপ্রাপ্ত আধিকারিক',
    hi: 'नगर आयुक्त के विशेष कार्य अधिकारी',
  },
  'Special Municipal Commissioner': { bn: 'বিশেষ পুর কমিশনার', hi: 'विशेष नगर आयुक्त' },
  'OSD to Mayor': {
    en: "Mayor's Officer on Special Duty",
    bn: 'মেয়রের বিশেষ দায়িত্বপ্রাপ্ত আধিকারিক',
    hi: 'मेयर के विशेष कार्य अधिकारी',
  },
  "Mayor's Office Assistant": { en: "Mayor's Office", bn: 'মেয়রের দফতর', hi: 'मेयर कार्यालय' },
  'Call Centre Operator': { en: 'Call Centre', bn: 'কল সেন্টার', hi: 'कॉल सेंटर' },
};
