/** What a person on a simulated telephone sees of one message. */
export interface PhoneItem {
  /** Grows with every change of any item, so that a page can ask for what is new. */
  revision: number;
  id: string;
  channel: 'whatsapp' | 'sms';
  from: 'citizen' | 'city';
  /** Epoch ms. */
  at: number;
  text: string;
  buttons?: readonly { id: string; title: string; template?: boolean }[];
  list?: { open: string; rows: readonly { id: string; title: string; description?: string }[] };
  /** The bot asks for a place. */
  wantsPlace?: boolean;
  place?: { lat: number; lon: number; name?: string };
  media?: { id: string; mime: string };
  /** Of messages to the citizen: how far they came; of the citizen's own: whether the city has read them. */
  status?: 'sent' | 'delivered' | 'read' | 'failed';
  error?: string;
  template?: string;
}

/** What has changed on the telephones that were asked for. */
export interface PhonesAnswer {
  revision: number;
  /** Chats go by the stand-in; another Graph API may have been set. */
  whatsapp: boolean;
  phones: { mobile: string; on: boolean; windowUntil: number; items: PhoneItem[] }[];
}
