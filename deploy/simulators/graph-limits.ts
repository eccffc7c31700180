/** A refusal as the Graph API words it. */
export interface GraphError {
  status: number;
  code: number;
  message: string;
  details: string;
}

type Fields = Readonly<Record<string, unknown>>;

const LIMITS = {
  text: 4096,
  body: 1024,
  title: 60,
  buttons: 3,
  button: 20,
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  sections: 10,
  sectionTitle: 24,
  id: 256,
} as const;

/** What the API would refuse in the body of a message; null: nothing. */
export function faultIn(message: Fields): GraphError | null {
  if (message['messaging_product'] !== 'whatsapp') return missing('messaging_product');
  if (text(message['to']) === undefined && text(message['recipient']) === undefined) return missing('to');
  switch (message['type']) {
    case 'text':
      return sized('text.body', fields(message['text'])['body'], LIMITS.text, true);
    case 'interactive':
      return interactiveFault(fields(message['interactive']));
    case 'template': {
      const template = fields(message['template']);
      if (text(template['name']) === undefined) return missing('template.name');
      return text(fields(template['language'])['code']) === undefined ? missing('template.language.code') : null;
    }
    case 'image':
    case 'audio':
    case 'document':
      return null;
    default:
      return wrong(`type ${String(message['type'])} is not supported`, 131051);
  }
}

function interactiveFault(interactive: Fields): GraphError | null {
  const body = sized('interactive.body.text', fields(interactive['body'])['text'], LIMITS.body, true);
  if (body) return body;
  const header = sized('interactive.header.text', fields(interactive['header'])['text'], LIMITS.title, false);
  const footer = sized('interactive.footer.text', fields(interactive['footer'])['text'], LIMITS.title, false);
  if (header ?? footer) return header ?? footer;
  const action = fields(interactive['action']);
  switch (interactive['type']) {
    case 'button':
      return buttonsFault(list(action['buttons']).map(fields));
    case 'list':
      return (
        sized('action.button', action['button'], LIMITS.button, true) ??
        sectionsFault(list(action['sections']).map(fields))
      );
    case 'location_request_message':
      return action['name'] === 'send_location' ? null : wrong('action.name must be send_location');
    default:
      return wrong(`interactive type ${String(interactive['type'])} is not supported`);
  }
}

function buttonsFault(buttons: readonly Fields[]): GraphError | null {
  if (buttons.length === 0) return missing('action.buttons');
  if (buttons.length > LIMITS.buttons) return wrong(`at most ${LIMITS.buttons} buttons`);
  const replies = buttons.map((button) => fields(button['reply']));
  return itemsFault('button', replies, LIMITS.button);
}

function sectionsFault(sections: readonly Fields[]): GraphError | null {
  if (sections.length === 0) return missing('action.sections');
  if (sections.length > LIMITS.sections) return wrong(`at most ${LIMITS.sections} sections`);
  for (const section of sections) {
    const fault = sized('section.title', section['title'], LIMITS.sectionTitle, sections.length > 1);
    if (fault) return fault;
  }
  const rows = sections.flatMap((section) => list(section['rows']).map(fields));
  if (rows.length === 0) return missing('action.sections.rows');
  if (rows.length > LIMITS.rows) return wrong(`at most ${LIMITS.rows} rows in all sections together`);
  for (const row of rows) {
    const fault = sized('row.description', row['description'], LIMITS.rowDescription, false);
    if (fault) return fault;
  }
  return itemsFault('row', rows, LIMITS.rowTitle);
}

function itemsFault(what: string, items: readonly Fields[], longest: number): GraphError | null {
  for (const item of items) {
    const fault =
      sized(`${what}.title`, item['title'], longest, true) ?? sized(`${what}.id`, item['id'], LIMITS.id, true);
    if (fault) return fault;
  }
  const ids = items.map((item) => item['id']);
  return new Set(ids).size === ids.length ? null : wrong(`every ${what} needs an id of its own`);
}

function sized(name: string, value: unknown, longest: number, required: boolean): GraphError | null {
  const given = text(value);
  if (given === undefined) return required ? missing(name) : null;
  return [...given].length > longest ? wrong(`${name} must be at most ${longest} characters`) : null;
}

function missing(name: string): GraphError {
  return { status: 400, code: 131008, message: 'Required parameter is missing', details: `${name} is missing` };
}

function wrong(details: string, code = 131009): GraphError {
  return { status: 400, code, message: 'Parameter value is not valid', details };
}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
