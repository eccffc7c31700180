import type { ChatContent } from '#libs/contracts/chat';

/** To whom: a telephone number in E.164, or the user id of somebody who hides theirs. */
export function addressed(to: string): Readonly<Record<string, string>> {
  return /^\+?\d{6,15}$/.test(to) ? { to: to.replace('+', '') } : { recipient: to };
}

/** What a chat shows, as the Graph API takes it. */
export function bodyOf(content: ChatContent): Readonly<Record<string, unknown>> {
  switch (content.kind) {
    case 'text':
      return { type: 'text', text: { body: content.body, preview_url: false } };
    case 'place':
      return {
        type: 'interactive',
        interactive: {
          type: 'location_request_message',
          body: { text: content.body },
          action: { name: 'send_location' },
        },
      };
    case 'buttons':
      return {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: content.body },
          action: { buttons: content.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
        },
      };
    case 'list':
      return {
        type: 'interactive',
        interactive: {
          type: 'list',
          body: { text: content.body },
          action: { button: content.open, sections: [{ title: content.open, rows: content.rows }] },
        },
      };
  }
}

export interface TemplateCall {
  name: string;
  language: string;
  values: readonly string[];
  /** Payload of each quick reply that the template was approved with. */
  payloads?: readonly string[];
}

export function templateBody({
  name,
  language,
  values,
  payloads = [],
}: TemplateCall): Readonly<Record<string, unknown>> {
  const components = [
    ...(values.length > 0 ? [{ type: 'body', parameters: values.map((text) => ({ type: 'text', text })) }] : []),
    ...payloads.map((payload, index) => ({
      type: 'button',
      sub_type: 'quick_reply',
      index: String(index),
      parameters: [{ type: 'payload', payload }],
    })),
  ];
  return {
    type: 'template',
    template: { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) },
  };
}
