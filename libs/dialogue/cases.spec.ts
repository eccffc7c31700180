import { answers, brief, Chat, NUMBER, numberOf, photo, say, settledState, tap } from './dialogue-fixtures.js';

/** Its check digit does not fit. */
const WRONG = `${NUMBER.slice(0, -1)}${(Number(NUMBER.at(-1)) + 1) % 10}`;

describe('following a complaint', () => {
  const mine = answers({
    cases: () => [brief({ allowed: ['comment', 'withdraw'] })],
    find: ({ number }) =>
      number === NUMBER
        ? { ok: true, brief: brief({ allowed: ['comment', 'attach', 'withdraw'] }) }
        : { ok: false, status: 404, code: 'not_found', fields: [] },
  });

  it('tells who has it and by when, and offers what can be done', () => {
    const chat = new Chat(settledState(), mine).hear(tap('v1:menu:track'));
    expect(chat.offered).toEqual([`v1:case:${NUMBER}`]);
    chat.hear(tap(`v1:case:${NUMBER}`));
    expect(chat.text).toContain('লাইটিং ইন্সপেক্টর');
    expect(chat.text).toContain('মঙ্গলবার ২৪ নভেম্বর');
    expect(chat.offered).toEqual([`v1:add:${NUMBER}`, `v1:withdraw:${NUMBER}`]);
  });

  it('finds a case by its number in any spelling, and tells a wrong digit from an unknown number', () => {
    expect(new Chat(settledState('en'), mine).hear(say(NUMBER.toLowerCase().replaceAll('-', ' '))).text).toContain(
      'It is with',
    );
    expect(new Chat(settledState('en'), mine).hear(say(WRONG)).text).toContain('cannot be right');
    expect(new Chat(settledState('en'), mine).hear(say(numberOf(77))).text).toContain('no such complaint');
  });

  it('adds words and photos', () => {
    const chat = new Chat(settledState(), mine)
      .hear(tap(`v1:add:${NUMBER}`))
      .hear(say('এখনও হয়নি'))
      .hear(photo());
    expect(chat.effects).toContainEqual({
      do: 'command',
      number: NUMBER,
      command: 'comment',
      body: { text: 'এখনও হয়নি' },
    });
    expect(chat.effects).toContainEqual({
      do: 'command',
      number: NUMBER,
      command: 'attach',
      body: { attachments: ['kept-m1'] },
    });
  });

  it('takes a complaint back after asking', () => {
    const chat = new Chat(settledState(), mine).hear(tap(`v1:withdraw:${NUMBER}`));
    expect(chat.effects).toEqual([]);
    chat.hear(say('হ্যাঁ'));
    expect(chat.effects).toContainEqual({ do: 'command', number: NUMBER, command: 'withdraw', body: {} });
  });

  it('answers the officer: by the button, in reply to the message, or after being asked whether that is the answer', () => {
    const waiting = brief({ state: 'awaiting_citizen', question: 'কোন বাড়ি?', allowed: ['answer'] });
    const asked = answers({ cases: () => [waiting], find: () => ({ ok: true, brief: waiting }) });
    const answer = { do: 'command', number: NUMBER, command: 'answer', body: { text: 'লাল বাড়ি' } };
    const byButton = new Chat(settledState(), asked).hear(tap(`v1:answer:${NUMBER}`));
    expect(byButton.text).toContain('কোন বাড়ি?');
    expect(byButton.hear(say('লাল বাড়ি')).effects).toContainEqual(answer);
    expect(new Chat(settledState(), asked).hear(say('লাল বাড়ি'), { about: NUMBER }).effects).toContainEqual(answer);
    const guessed = new Chat(settledState(), asked).hear(say('লাল বাড়ি'));
    expect(guessed.effects).not.toContainEqual(answer);
    expect(guessed.hear(tap(`v1:answer:${NUMBER}:yes`)).effects).toContainEqual(answer);
  });
});

describe('rating', () => {
  const rated = (more = {}) =>
    answers({ command: () => ({ ok: true, brief: brief({ state: 'closed', outcome: 'satisfied', ...more }) }) });
  const given = (rating: number, remarks?: string) => ({
    do: 'command',
    number: NUMBER,
    command: 'rate',
    body: { rating, ...(remarks ? { remarks } : {}) },
  });

  it.each([
    ['five', 5],
    ['পাঁচ', 5],
    ['बहुत ख़राब', 1],
    ['খুব খারাপ', 1],
    ['২', 2],
    ['४', 4],
    ['⭐⭐⭐', 3],
    ['4/5', 4],
    ['Khub bhalo!', 5],
  ])('understands "%s" at the menu when there is something to rate', (words, rating) => {
    const chat = new Chat(settledState(), rated()).hear(say(words)).hear(tap('v1:remarks:skip'));
    expect(chat.effects).toContainEqual(given(rating));
  });

  it('takes the row of the list, then remarks, and tells who has the case now', () => {
    const chat = new Chat(settledState(), rated({ state: 'reopened', office: 'এগজিকিউটিভ ইঞ্জিনিয়ার' }));
    chat.hear(tap(`v1:rate:${NUMBER}:2`));
    expect(chat.effects).toEqual([]);
    chat.hear(say('এখনও জল নেই'));
    expect(chat.effects).toContainEqual(given(2, 'এখনও জল নেই'));
    expect(chat.text).toContain('এগজিকিউটিভ ইঞ্জিনিয়ার');
  });

  it('takes number and remarks in one message', () => {
    const chat = new Chat(settledState('en'), rated()).hear(tap(`v1:rate:${NUMBER}`)).hear(say('2 still broken'));
    expect(chat.effects).toContainEqual(given(2, 'still broken'));
  });

  it('says what happens when the case was already reopened twice', () => {
    const chat = new Chat(settledState('en'), rated({ outcome: 'dissatisfied', reopens: 2 }));
    expect(chat.hear(tap(`v1:rate:${NUMBER}:1`)).hear(tap('v1:remarks:skip')).text).toContain('already reopened twice');
  });

  it('says so when the answer was rated before', () => {
    const refusing = answers({
      command: () => ({ ok: false, status: 409, code: 'already_rated', fields: [], state: 'resolved' }),
    });
    const chat = new Chat(settledState('en'), refusing).hear(tap(`v1:rate:${NUMBER}:1`)).hear(tap('v1:remarks:skip'));
    expect(chat.text).toContain('already rated');
  });

  it('counts without remarks when nothing more comes, or when the citizen goes on to the menu', () => {
    const chat = new Chat(settledState(), rated()).hear(tap(`v1:rate:${NUMBER}:4`));
    expect(chat.later(5 * 60_000).effects).toEqual([]);
    expect(chat.later(6 * 60_000).effects).toEqual([given(4)]);
    expect(new Chat(settledState(), rated()).hear(tap(`v1:rate:${NUMBER}:4`)).hear(say('menu')).effects).toEqual([
      given(4),
    ]);
  });

  it('asks which one when several wait, and finds the case of a template that names none', () => {
    const two = [numberOf(1), numberOf(2)].map((number) => brief({ number, state: 'resolved', allowed: ['rate'] }));
    const chat = new Chat(settledState(), answers({ cases: () => two })).hear(tap('v1:rate:5', 'Very good'));
    expect(chat.offered).toEqual(two.map(({ number }) => `v1:rate:${number}:5`));
    expect(new Chat().hear(tap('v1:rate:5', 'Very good')).state.step).toEqual({
      at: 'remarks',
      number: NUMBER,
      rating: 5,
    });
    expect(new Chat().hear(tap('v1:rate:5'), { about: NUMBER }).state.step).toMatchObject({
      at: 'remarks',
      number: NUMBER,
    });
  });

  it('does not take a bare number for a rating when there is nothing to rate', () => {
    const chat = new Chat(settledState(), answers({ cases: () => [] })).hear(say('2'));
    expect(chat.effects.some((effect) => effect.do === 'command')).toBe(false);
  });
});
