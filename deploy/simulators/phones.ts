import type { PhoneItem } from '#libs/contracts/api/phones';

export interface Phone {
  /** E.164. */
  mobile: string;
  name: string;
  items: PhoneItem[];
  /** When the citizen wrote by WhatsApp last, epoch ms; 0: never. */
  lastInboundAt: number;
  /** Somebody holds it: messages are delivered and read. */
  on: boolean;
  /** The chat is on its screen, so that what arrives is read. */
  looking: boolean;
}

const MOST_ITEMS = 400;
const MOST_PHONES = 200;

/** The telephones of the simulator; they live as long as the process. */
export class Phones {
  private readonly phones = new Map<string, Phone>();
  revision = 0;

  /** The telephone with that number, taken up now if it was not yet. */
  take(mobile: string, name?: string): Phone {
    let phone = this.phones.get(mobile);
    if (!phone) {
      phone = { mobile, name: name ?? '', items: [], lastInboundAt: 0, on: true, looking: false };
      this.phones.set(mobile, phone);
      const [oldest] = this.phones.keys();
      if (this.phones.size > MOST_PHONES && oldest !== undefined) this.phones.delete(oldest);
    }
    if (name !== undefined && name !== '') phone.name = name;
    return phone;
  }

  find(mobile: string): Phone | undefined {
    return this.phones.get(mobile);
  }

  item(id: string): PhoneItem | undefined {
    for (const phone of this.phones.values()) {
      const found = phone.items.find((item) => item.id === id);
      if (found) return found;
    }
    return undefined;
  }

  add(phone: Phone, item: Omit<PhoneItem, 'revision'>): PhoneItem {
    const added = { ...item, revision: ++this.revision };
    phone.items.push(added);
    if (phone.items.length > MOST_ITEMS) phone.items.splice(0, phone.items.length - MOST_ITEMS);
    return added;
  }

  change(item: PhoneItem, change: Partial<Omit<PhoneItem, 'revision' | 'id'>>): void {
    Object.assign(item, change, { revision: ++this.revision });
  }

  /** What has changed on these telephones since a revision. */
  since(mobiles: readonly string[], revision: number): { mobile: string; items: PhoneItem[] }[] {
    return mobiles.map((mobile) => ({
      mobile,
      items: (this.phones.get(mobile)?.items ?? []).filter((item) => item.revision > revision),
    }));
  }
}
