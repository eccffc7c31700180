import type { CommandName } from '../domain/case/names.js';
import type {
  Actor,
  AttachmentRef,
  CaseCommand,
  CaseState,
  CommandBodies,
  FieldProblem,
  PostRef,
} from '../domain/case/types.js';
import { FieldReader, wardTextOf } from './fields.js';

type TransferTarget = NonNullable<CommandBodies['transfer']['target']>;

/** What a body may name and the record or the masters know. */
export interface BodyLookup {
  post(position: string): PostRef | null;
  /** Where a transfer leads, or what is wrong with it. */
  transfer(wish: { department?: string; subCategory?: string; ward?: string }): TransferTarget | FieldProblem[];
  /** Those of the ids that the caller uploaded and that no case has yet. */
  attachments(ids: readonly string[]): Promise<readonly AttachmentRef[]>;
  otherCase(number: string): Promise<{ number: string; tenant: string; open: boolean } | null>;
  /** Person id of a citizen named by mobile number; null when that is no number. */
  citizen(mobile: string): Promise<string | null>;
}

const MOST_ATTACHMENTS = 10;
const MIN_RATING = 1;
const MAX_RATING = 5;

/**
 * Turns the body of a request into a command. Never throws on what a caller may send: what is wrong stands in
 * `problems`, because refusals by state and role are decided before those by body.
 */
export async function commandFrom(
  name: CommandName,
  actor: Actor,
  body: Readonly<Record<string, unknown>>,
  state: CaseState,
  lookup: BodyLookup,
  now: number,
): Promise<CaseCommand> {
  const reader = new FieldReader(body);
  const resolved = await READERS[name](reader, { actor, state, lookup, now });
  const problems = reader.problems.length > 0 ? { problems: reader.problems } : {};
  return { name, actor, body: resolved, ...problems } as CaseCommand;
}

interface ReadingContext {
  actor: Actor;
  state: CaseState;
  lookup: BodyLookup;
  now: number;
}

type BodyReader<N extends CommandName> = (
  reader: FieldReader,
  context: ReadingContext,
) => CommandBodies[N] | Promise<CommandBodies[N]>;

const READERS: { [N in CommandName]: BodyReader<N> } = {
  assign: (reader, { lookup }) => post(reader, lookup),
  reassign: (reader, { lookup }) => ({ ...post(reader, lookup), ...defined({ reason: reader.text('reason') }) }),
  transfer: (reader, { lookup }) => transfer(reader, lookup),
  'request-reassignment': (reader) => defined({ reason: reader.text('reason', { required: true }) }),
  'decline-reassignment': (reader) => defined({ reason: reader.text('reason', { required: true }) }),
  resolve: async (reader, { lookup }) =>
    defined({
      remarks: reader.text('remarks', { required: true }),
      attachments: await attachments(reader, lookup, false),
      lat: reader.number('lat', -90, 90),
      lon: reader.number('lon', -180, 180),
    }),
  direct: (reader, { lookup }) => ({
    ...post(reader, lookup),
    ...defined({ instruction: reader.text('instruction', { required: true }) }),
  }),
  'ask-citizen': (reader) => defined({ question: reader.text('question', { required: true, limit: 1000 }) }),
  answer: async (reader, { lookup }) =>
    defined({
      text: reader.text('text', { required: true }),
      attachments: await attachments(reader, lookup, false),
    }),
  recall: () => ({}),
  rate: (reader) => defined({ rating: rating(reader), remarks: reader.text('remarks') }),
  reopen: (reader) => defined({ reason: reader.text('reason', { required: true }) }),
  undo: (reader) => defined({ reason: reader.text('reason', { required: true }) }),
  withdraw: (reader) => defined({ reason: reader.text('reason') }),
  reject: (reader) =>
    defined({
      reasonCode: reader.text('reasonCode', { required: true, limit: 100 }),
      remarks: reader.text('remarks', { required: true }),
    }),
  'mark-duplicate': (reader, { lookup }) => duplicate(reader, lookup),
  comment: (reader) => defined({ text: reader.text('text', { required: true }), public: reader.boolean('public') }),
  attach: async (reader, { lookup }) => defined({ attachments: await attachments(reader, lookup, true) }),
  follow: (reader, context) => follower(reader, context),
  unfollow: (reader, context) => follower(reader, context),
  directive: (reader, { now }) =>
    defined({
      text: reader.text('text', { required: true }),
      dueAt: reader.time('dueAt', { required: true, after: now }),
    }),
};

function post(reader: FieldReader, lookup: BodyLookup): { position?: string; target?: PostRef } {
  const position = reader.text('position', { required: true, limit: 100 });
  if (position === undefined) return {};
  const target = lookup.post(position);
  if (!target) {
    reader.wrong('position', 'unknown', `the code of a post; "${position}" is none`);
    return { position };
  }
  return { position: target.position, target };
}

function transfer(reader: FieldReader, lookup: BodyLookup): CommandBodies['transfer'] {
  const wish = defined({
    department: reader.text('department', { limit: 100 }),
    subCategory: reader.text('subCategory', { limit: 100 }),
    ward: reader.has('ward') ? wardTextOf(reader) : undefined,
  });
  const reason = reader.text('reason', { required: true });
  const named = { ...wish, ...defined({ reason }) };
  if (reader.problems.some((problem) => problem.field !== 'reason')) return named;
  if (!wish.department && !wish.subCategory && !wish.ward) {
    reader.wrong('department', 'required', 'a department, subCategory or ward to transfer to');
    return named;
  }
  const target = lookup.transfer(wish);
  if ('department' in target) return { ...named, target };
  reader.problems.push(...target);
  return named;
}

function rating(reader: FieldReader): unknown {
  const value = reader.raw('rating');
  const expected = `a whole number from ${MIN_RATING} to ${MAX_RATING}`;
  if (value === undefined) return reader.wrong('rating', 'required', expected);
  if (typeof value !== 'number' || !Number.isInteger(value)) return reader.wrong('rating', 'wrong_type', expected);
  return value >= MIN_RATING && value <= MAX_RATING ? value : reader.wrong('rating', 'out_of_range', expected);
}

async function duplicate(reader: FieldReader, lookup: BodyLookup): Promise<CommandBodies['mark-duplicate']> {
  const of = reader.text('of', { required: true, limit: 100 });
  if (of === undefined) return {};
  const other = await lookup.otherCase(of);
  if (!other) {
    reader.wrong('of', 'unknown', `the number of another open case; "${of}" is none`);
    return { of };
  }
  return { of: other.number, other };
}

async function follower(reader: FieldReader, { actor, lookup }: ReadingContext): Promise<{ person?: string }> {
  if (actor.roles.includes('citizen')) return { person: actor.id };
  const expected = 'an object with the mobile number of the citizen';
  const citizen = reader.raw('citizen');
  if (citizen === undefined) {
    reader.wrong('citizen', 'required', expected);
    return {};
  }
  const mobile = typeof citizen === 'object' ? (citizen as Record<string, unknown>)['mobile'] : undefined;
  const person = typeof mobile === 'string' ? await lookup.citizen(mobile) : null;
  if (person) return { person };
  reader.wrong('citizen.mobile', mobile === undefined ? 'required' : 'invalid_mobile', 'an Indian mobile number');
  return {};
}

async function attachments(
  reader: FieldReader,
  lookup: BodyLookup,
  required: boolean,
): Promise<readonly AttachmentRef[] | undefined> {
  const ids = reader.identifiers('attachments', { required, most: MOST_ATTACHMENTS });
  if (!ids) return undefined;
  const found = await lookup.attachments(ids);
  const known = new Set(found.map((attachment) => attachment.id));
  const missing = ids.find((id) => !known.has(id));
  if (missing) reader.wrong('attachments', 'unknown', `ids of your own unused uploads; "${missing}" is none`);
  return found;
}

/** Absent is absent: optional fields must not travel as `undefined` through JSON and come back different. */
function defined<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
