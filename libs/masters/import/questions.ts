import { CategoryQuestionEntity, SubCategoryEntity } from '#libs/persistence/entities/index';
import type { MasterSpec } from './master-spec.js';
import { upsertRows } from './upsert.js';

type QuestionRow = Omit<CategoryQuestionEntity, 'tenant' | 'position'>;
type Choice = NonNullable<CategoryQuestionEntity['choices']>[number];

interface QuestionContext {
  tenant: string;
  subCategories: ReadonlySet<string>;
}

const KINDS = { text: 'text', number: 'number', choice: 'choice', list: 'choice' } as const;
const MOST_CHOICES = 9;
const CHOICE = 'CODE: English | Bengali | Hindi; CODE: …, at most nine';

/** What is asked with complaints of a kind; nobody has to answer. The file is the whole list, in the order of asking. */
export const questionsMaster: MasterSpec<QuestionContext, QuestionRow> = {
  name: 'questions',
  columns: [
    { name: 'sub_category', required: true },
    { name: 'code', aliases: ['question code'], required: true },
    { name: 'kind', aliases: ['type'] },
    { name: 'question', aliases: ['name'], required: true },
    { name: 'question_bn', aliases: ['name bn'] },
    { name: 'question_hi', aliases: ['name hi'] },
    { name: 'choices', aliases: ['options', 'values'] },
  ],
  async context(em, tenant) {
    const rows = await em.find(SubCategoryEntity, { where: { tenant }, select: { tenant: true, code: true } });
    return { tenant, subCategories: new Set(rows.map(({ code }) => code)) };
  },
  read(reader, { subCategories }) {
    const subCategory = reader.code('sub_category', 64);
    if (subCategory !== undefined && !subCategories.has(subCategory)) {
      reader.wrong('sub_category', 'unknown', 'the code of a sub-category of this city');
    }
    const code = reader.code('code', 32);
    const kind = reader.has('kind') ? reader.oneOf('kind', KINDS, 'text, number or choice') : 'text';
    const question = reader.text('question', { required: true, max: 200 });
    const questionBn = reader.text('question_bn', { max: 200 }) ?? null;
    const questionHi = reader.text('question_hi', { max: 200 }) ?? null;
    const cell = reader.text('choices', { max: 4_000 });
    const choices = cell === undefined ? null : choicesIn(cell);
    if (cell !== undefined && choices === null) reader.wrong('choices', 'wrong_type', CHOICE);
    if (kind === 'choice' && cell === undefined) reader.wrong('choices', 'required', CHOICE);
    if (!reader.ok || !subCategory || !code || !kind || !question) return null;
    const value = { subCategory, code, kind, question, questionBn, questionHi };
    return {
      value: { ...value, choices: kind === 'choice' ? choices : null },
      key: `${subCategory}/${code}`,
      keyColumn: 'code',
    };
  },
  // Kept in memory until all have been read, because what the file leaves out is not asked any more.
  whole: () => [],
  async write(em, { tenant }, rows) {
    const stored = await em.findBy(CategoryQuestionEntity, { tenant });
    const wanted = rows.map(({ value }, position) => ({ tenant, ...value, position }));
    const kept = new Set(wanted.map(({ subCategory, code }) => `${subCategory}/${code}`));
    const gone = stored.filter(({ subCategory, code }) => !kept.has(`${subCategory}/${code}`));
    for (const { subCategory, code } of gone) await em.delete(CategoryQuestionEntity, { tenant, subCategory, code });
    return upsertRows(em, CategoryQuestionEntity, ['tenant', 'subCategory', 'code'], wanted, stored);
  },
  async *export(em, tenant) {
    for (const row of await em.find(CategoryQuestionEntity, { where: { tenant }, order: { position: 'ASC' } })) {
      const { subCategory, code, kind, question, questionBn, questionHi, choices } = row;
      yield [subCategory, code, kind, question, questionBn ?? '', questionHi ?? '', choicesText(choices ?? [])];
    }
  },
};

function choicesIn(cell: string): Choice[] | null {
  const choices: Choice[] = [];
  for (const part of cell.split(';').filter((each) => each.trim() !== '')) {
    const match = /^\s*([A-Za-z0-9_-]{1,32})\s*:([^|]+)(?:\|([^|]*))?(?:\|([^|]*))?$/.exec(part);
    const [, code = '', en = '', bn = '', hi = ''] = (match ?? []).map((each) => each?.trim());
    if (!match || en === '' || choices.some((each) => each.code === code.toUpperCase())) return null;
    choices.push({ code: code.toUpperCase(), en, ...(bn ? { bn } : {}), ...(hi ? { hi } : {}) });
  }
  return choices.length === 0 || choices.length > MOST_CHOICES ? null : choices;
}

function choicesText(choices: readonly Choice[]): string {
  return choices.map(({ code, en, bn, hi }) => `${code}: ${[en, bn ?? '', hi ?? ''].join(' | ')}`).join('; ');
}
