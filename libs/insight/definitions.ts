import type { Definitions } from '#libs/contracts/api/insight';
import type { Locale } from '#libs/domain/case/names';
import { LEAST_ANSWERS, POOR_BELOW } from './interval.js';

const en: Definitions = {
  cohort:
    'Complaints count in the month they were registered, in the city’s own time, under the department, service and ward they have now. All figures come from the event log.',
  registered: 'Complaints registered, whatever became of them.',
  open: 'Complaints not closed yet, those whose answer waits to be rated included.',
  answered: 'Complaints whose resolution or rejection stands: not undone, not reopened, not withdrawn, no duplicate.',
  rating:
    'A complaint counts once, with its latest rating from 1 to 5. The interval says where the true average lies with 95 % confidence (Wilson interval of the average taken as a share of the way from 1 to 5).',
  poor: `A service is poorly rated when it has at least ${LEAST_ANSWERS} answers and even the upper end of its interval is below ${POOR_BELOW}. Two bad ratings damn nobody.`,
  sla: 'Of the complaints that were answered or went over time: those whose answer came within the hours of the service, and was not reopened. Waiting for the citizen does not count as time.',
  reopened:
    'Of the complaints that were ever answered: those reopened at least once, by a rating of 1 or 2 or by request. Reopened is not resolved.',
  timeToResolve:
    'From registration to the resolution that stands, nights and holidays included. Half of the complaints took no longer than the median, nine in ten no longer than the 90th percentile; both are exact to within 7 %.',
  dissatisfied: 'Closed although the citizen was not satisfied, after being reopened as often as the rules allow.',
  officer:
    'The post that had the work when the complaint was first answered; not answered yet: the post that has it now.',
  trend: 'The average rating of the complaints of each month; the change is between the last two months with answers.',
};

const bn: Definitions = {
  cohort:
    'অভিযোগ যে মাসে নথিভুক্ত হয়েছে, শহরের সময় অনুযায়ী সেই মাসেই গোনা হয়; বিভাগ, পরিষেবা ও ওয়ার্ড এখন যা, তা-ই ধরা হয়। সব হিসাব ঘটনাপঞ্জি থেকে নেওয়া।',
  registered: 'যত অভিযোগ নথিভুক্ত হয়েছে, পরে যা-ই হয়ে থাকুক।',
  open: 'যে অভিযোগ এখনও বন্ধ হয়নি; উত্তর পেয়ে মূল্যায়নের অপেক্ষায় থাকা অভিযোগও এর মধ্যে।',
  answered: 'যে অভিযোগের সমাধান বা প্রত্যাখ্যান বহাল আছে: ফেরানো, আবার খোলা, প্রত্যাহৃত বা একই অভিযোগের পুনরাবৃত্তি নয়।',
  rating:
    'প্রতিটি অভিযোগ একবার গোনা হয়, ১ থেকে ৫-এর মধ্যে সর্বশেষ মূল্যায়ন ধরে। প্রকৃত গড় ৯৫ % নিশ্চয়তায় যে সীমার মধ্যে থাকে, তা দেখানো হয় (গড়কে ১ থেকে ৫-এর পথের অংশ ধরে উইলসন সীমা)।',
  poor: `কোনও পরিষেবা তখনই খারাপ মূল্যায়িত, যখন অন্তত ${LEAST_ANSWERS}টি উত্তর আছে এবং সীমার উপরের প্রান্তও ${POOR_BELOW}-এর নীচে। দুটি খারাপ মূল্যায়নে কাউকে দোষী ধরা হয় না।`,
  sla: 'যে অভিযোগের উত্তর দেওয়া হয়েছে বা সময় পেরিয়েছে, তার মধ্যে যেগুলির উত্তর পরিষেবার নির্দিষ্ট সময়ে এসেছে ও আবার খোলা হয়নি। নাগরিকের উত্তরের অপেক্ষার সময় গোনা হয় না।',
  reopened:
    'যে অভিযোগের কখনও উত্তর দেওয়া হয়েছে, তার মধ্যে যেগুলি অন্তত একবার আবার খোলা হয়েছে, ১ বা ২ মূল্যায়নে অথবা অনুরোধে। আবার খোলা মানে সমাধান হয়নি।',
  timeToResolve:
    'নথিভুক্তি থেকে বহাল সমাধান পর্যন্ত, রাত ও ছুটি ধরে। অর্ধেক অভিযোগে মধ্যকের বেশি সময় লাগেনি, দশটির নয়টিতে ৯০তম শতাংশকের বেশি নয়; দুটিই ৭ %-এর মধ্যে সঠিক।',
  dissatisfied: 'নিয়মে যতবার সম্ভব আবার খোলার পরেও নাগরিক সন্তুষ্ট হননি, তবু বন্ধ হয়েছে।',
  officer: 'প্রথম উত্তরের সময় কাজটি যে পদের হাতে ছিল; উত্তর না হয়ে থাকলে এখন যে পদের হাতে।',
  trend: 'প্রতি মাসের অভিযোগের গড় মূল্যায়ন; পরিবর্তন মানে উত্তর আছে এমন শেষ দুই মাসের তফাত।',
};

const hi: Definitions = {
  cohort:
    'शिकायत उसी महीने में गिनी जाती है जिसमें वह शहर के समय के अनुसार दर्ज हुई, और उसी विभाग, सेवा व वार्ड में जो उसका अभी है। सभी आँकड़े घटना-सूची से लिए गए हैं।',
  registered: 'जितनी शिकायतें दर्ज हुईं, बाद में जो भी हुआ हो।',
  open: 'जो शिकायतें अभी बंद नहीं हुईं; जिनके उत्तर पर रेटिंग की प्रतीक्षा है, वे भी शामिल।',
  answered: 'जिन शिकायतों का समाधान या अस्वीकृति कायम है: न वापस लिया गया, न दोबारा खुली, न नागरिक ने वापस ली, न दोहराव।',
  rating:
    'हर शिकायत एक बार गिनी जाती है, 1 से 5 की सबसे नई रेटिंग के साथ। असली औसत 95 % विश्वास के साथ जिस सीमा में है, वह दिखाई जाती है (औसत को 1 से 5 की दूरी का अंश मानकर विल्सन सीमा)।',
  poor: `कोई सेवा तभी खराब रेटिंग वाली है जब कम से कम ${LEAST_ANSWERS} उत्तर हों और सीमा का ऊपरी सिरा भी ${POOR_BELOW} से नीचे हो। दो खराब रेटिंग से किसी को दोषी नहीं माना जाता।`,
  sla: 'जिन शिकायतों का उत्तर दिया गया या जिनका समय निकल गया, उनमें से वे जिनका उत्तर सेवा के तय समय में आया और जो दोबारा नहीं खुलीं। नागरिक की प्रतीक्षा का समय नहीं गिना जाता।',
  reopened:
    'जिन शिकायतों का कभी उत्तर दिया गया, उनमें से वे जो कम से कम एक बार दोबारा खुलीं, 1 या 2 की रेटिंग से या अनुरोध पर। दोबारा खुली यानी हल नहीं हुई।',
  timeToResolve:
    'दर्ज होने से कायम समाधान तक, रातें और छुट्टियाँ मिलाकर। आधी शिकायतों में मध्यिका से अधिक समय नहीं लगा, दस में से नौ में 90वें प्रतिशतक से अधिक नहीं; दोनों 7 % के भीतर सही हैं।',
  dissatisfied: 'नियमों के अनुसार जितनी बार संभव था दोबारा खुलने के बाद भी नागरिक संतुष्ट नहीं हुए, फिर भी बंद हुई।',
  officer: 'पहले उत्तर के समय काम जिस पद के पास था; अभी उत्तर न हुआ हो तो जिस पद के पास अभी है।',
  trend: 'हर महीने की शिकायतों की औसत रेटिंग; बदलाव उत्तर वाले अंतिम दो महीनों के बीच का है।',
};

/** What each figure means, to be shown beside it. */
export const DEFINITIONS: Readonly<Record<Locale, Definitions>> = { bn, hi, en };
