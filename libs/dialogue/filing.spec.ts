import { newDialogue, nextWake } from './dialogue.js';
import { answers, Chat, KINDS, NOW, NUMBER, photo, pin, say, settledState, tap, voice } from './dialogue-fixtures.js';

describe('the first words with somebody new', () => {
  it('are language, then the notice, then the menu', () => {
    const chat = new Chat(newDialogue(null)).hear(say('hi'));
    expect(chat.offered).toEqual(expect.arrayContaining(['v1:lang:bn', 'v1:lang:hi', 'v1:lang:en']));
    chat.hear(tap('v1:lang:bn'));
    expect(chat.effects).toContainEqual({ do: 'speak', locale: 'bn' });
    expect(chat.offered).toEqual(['v1:consent:yes', 'v1:consent:no']);
    chat.hear(tap('v1:consent:yes'));
    expect(chat.state).toMatchObject({ step: { at: 'menu' }, consentAt: NOW + 3000 });
    expect(chat.offered[0]).toBe('v1:menu:file');
  });

  it('show the notice once', () => {
    const chat = new Chat(newDialogue(null))
      .hear(say('hi'))
      .hear(say('English'))
      .hear(say('yes'))
      .hear(say('language'));
    expect(chat.hear(say('हिन्दी')).offered).toContain('v1:menu:file');
    expect(chat.state.locale).toBe('hi');
  });

  it('keep nothing without consent, and take it up when it is given', () => {
    const chat = new Chat(newDialogue(null)).hear(say('bangla')).hear(tap('v1:consent:no'));
    expect(chat.state.consentAt).toBeNull();
    expect(chat.hear(pin).state.draft).toBeNull();
    expect(chat.hear(say('রাজি')).state.step.at).toBe('menu');
  });

  it('are not lost: a complaint that came first is taken up after language and notice', () => {
    const chat = new Chat(newDialogue(null)).hear(say('ওয়ার্ড ৬৩-এ রাস্তার আলো জ্বলছে না'));
    expect(chat.offered[0]).toBe('v1:lang:bn');
    chat.hear(tap('v1:lang:bn')).hear(tap('v1:consent:yes'));
    expect(chat.state.draft).toMatchObject({ kind: 'LIGHT_OFF', wardWish: '63' });
    expect(chat.state.step.at).toBe('city');
    expect(chat.hear(tap('v1:city:KMC')).state).toMatchObject({ draft: { ward: '63' }, step: { at: 'photos' } });
  });

  it('are not asked of somebody whom the record knows', () => {
    const chat = new Chat(settledState('hi')).hear(say('नमस्ते'));
    expect(chat.offered).toContain('v1:menu:file');
  });
});

describe('what a kind of complaint is asked about', () => {
  const asked = () =>
    new Chat().hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:kind:KIND_19')).hear(say('একটা বড় গর্ত, তিন দিন'));

  it('comes after the details, may be tapped, said or passed over, and goes along with the complaint', () => {
    const chat = asked();
    expect(chat.text).toContain('কতটা গভীর?');
    expect(chat.offered).toEqual(['v1:answerto:DEPTH:HAND', 'v1:answerto:DEPTH:KNEE', 'v1:answerto:DEPTH']);
    chat.hear(tap('v1:answerto:DEPTH:KNEE'));
    expect(chat.text).toContain('How many metres wide?');
    expect(chat.hear(say('অনেক')).state.step).toEqual({ at: 'question', code: 'METRES' });
    chat.hear(say('প্রায় ২ মিটার')).hear(say('skip'));
    expect(chat.state.step.at).toBe('photos');
    chat.hear(tap('v1:photos:done')).hear(tap('v1:nearby:new')).hear(tap('v1:review:send'));
    expect(chat.effects).toContainEqual(
      expect.objectContaining({
        do: 'register',
        body: expect.objectContaining({ subCategory: 'KIND_19', answers: { DEPTH: 'KNEE', METRES: '2' } }) as unknown,
      }),
    );
  });

  it('understands the words of a choice, forgets the answers of another kind, and believes no made-up one', () => {
    const chat = asked().hear(say('এক হাত'));
    expect(chat.state.draft).toMatchObject({ answers: { DEPTH: 'HAND' } });
    chat.hear(tap('v1:answerto:DEPTH:MILES'));
    expect(chat.state.draft).toMatchObject({ answers: { DEPTH: 'HAND' } });
    chat.hear(tap('v1:kind:LIGHT_OFF'));
    expect(chat.state.draft?.answers).toBeUndefined();
    expect(chat.state.step.at).toBe('photos');
  });

  it('can be left by going back, and is asked again where the chat was left', () => {
    const chat = asked();
    expect(chat.hear(say('help')).text).toContain('কতটা গভীর?');
    expect(chat.hear(say('back')).state.step.at).toBe('details');
    chat.hear(say('গর্ত')).hear(photo('m1'));
    expect(chat.state.step).toEqual({ at: 'question', code: 'DEPTH' });
  });
});

describe('filing a complaint', () => {
  it('goes from the place to the number in eight messages', () => {
    const chat = new Chat().hear(tap('v1:menu:file'));
    expect(chat.last.kind).toBe('place');
    chat.hear(pin);
    expect(chat.last).toMatchObject({ kind: 'list' });
    expect(chat.offered).toHaveLength(10);
    chat.hear(tap('v1:kind:LIGHT_OFF')).hear(say('তিন দিন ধরে অন্ধকার')).hear(photo('m1')).hear(photo('m2'));
    expect(chat.text).toContain('২ নম্বর ছবি');
    chat.hear(tap('v1:photos:done'));
    expect(chat.offered).toEqual(['v1:review:send', 'v1:review:change', 'v1:review:discard']);
    chat.hear(tap('v1:review:send'));
    expect(chat.effects).toContainEqual({
      do: 'register',
      body: {
        tenant: 'KMC',
        subCategory: 'LIGHT_OFF',
        ward: '63',
        lat: 22.54,
        lon: 88.35,
        description: 'তিন দিন ধরে অন্ধকার',
        locale: 'bn',
        attachments: ['kept-m1', 'kept-m2'],
      },
    });
    expect(chat.text).toContain(NUMBER);
    expect(chat.text).toContain(`https://kmc.example.in/c/${NUMBER}`);
    expect(chat.state.draft).toBeNull();
  });

  it('takes a ward number, or a landmark and then the ward, and remembers the city', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(say('বাজারের পাশে'));
    expect(chat.state.step.at).toBe('city');
    chat.hear(say('kolkata')).hear(say('৯৯৯'));
    expect(chat.state.step.at).toBe('ward');
    chat.hear(say('৬৩')).hear(say('jol asche na'));
    expect(chat.state.draft).toMatchObject({
      city: 'KMC',
      ward: '63',
      landmark: 'বাজারের পাশে',
      kind: 'WATER_NO_SUPPLY',
    });
    chat.hear(voice).hear(say('নেই')).hear(say('পাঠান'));
    expect(chat.state.city).toBe('KMC');
    chat.hear(tap('v1:menu:file')).hear(say('64'));
    expect(chat.state.draft).toMatchObject({ city: 'KMC', ward: '64' });
  });

  it('tells that a place lies outside, and asks for the ward where the map has none', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear({ type: 'location', lat: 40, lon: 3 });
    expect(chat.text).toContain('বাইরে');
    expect(chat.state.draft).not.toHaveProperty('lat');
    expect(chat.hear({ type: 'location', lat: 22.8, lon: 88.4 }).state.step.at).toBe('ward');
    expect(chat.hear(say('144')).state.draft).toMatchObject({ ward: '144', lat: 22.8 });
  });

  it('refuses a ward that the pilot does not serve', () => {
    const chat = new Chat(settledState('en')).hear(tap('v1:menu:file')).hear(say('Nadipur ward 3'));
    expect(chat.text).toContain('not yet taken here');
    expect(chat.state.step.at).toBe('where');
  });

  it('pages through all kinds, ten rows at a time', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin);
    const seen = new Set<string>();
    for (let page = 0; page < 3; page++) {
      chat.offered.filter((id) => id.startsWith('v1:kind:')).forEach((id) => seen.add(id));
      chat.hear(tap(chat.offered.find((id) => id.startsWith('v1:page:')) ?? ''));
    }
    expect(seen.size).toBe(KINDS.length);
  });

  it('offers the open case close by, and follows it instead', () => {
    const near = answers({ nearby: () => [{ number: NUMBER, distance: 30 }] });
    const begin = () =>
      new Chat(settledState(), near)
        .hear(tap('v1:menu:file'))
        .hear(pin)
        .hear(tap('v1:kind:LIGHT_OFF'))
        .hear(say('আলো নেই'))
        .hear(say('নেই'));
    const chat = begin();
    expect(chat.text).toContain('৩০ মিটার দূরে');
    expect(chat.offered).toEqual([`v1:follow:${NUMBER}`, 'v1:nearby:new']);
    chat.hear(tap(`v1:follow:${NUMBER}`));
    expect(chat.effects).toContainEqual({ do: 'command', number: NUMBER, command: 'follow', body: {} });
    expect(chat.state.draft).toBeNull();
    expect(begin().hear(tap('v1:nearby:new')).state.step.at).toBe('review');
  });

  it('lets every answer be changed on the way, and shows the complaint again', () => {
    const chat = new Chat()
      .hear(tap('v1:menu:file'))
      .hear(pin)
      .hear(tap('v1:kind:LIGHT_OFF'))
      .hear(say('আলো নেই'))
      .hear(say('নেই'));
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:kind')).hear(say('pothole'));
    expect(chat.state).toMatchObject({ step: { at: 'review' }, draft: { kind: 'POTHOLE' } });
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:place')).hear(say('Kolkata ward 12'));
    expect(chat.state).toMatchObject({ step: { at: 'review' }, draft: { ward: '12' } });
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:details')).hear(say('রাস্তায় গর্ত'));
    expect(chat.state.draft?.details).toEqual(['রাস্তায় গর্ত']);
    chat.hear(tap('v1:review:change')).hear(tap('v1:edit:photos')).hear(photo()).hear(tap('v1:photos:done'));
    expect(chat.state.draft?.attachments).toHaveLength(1);
  });

  it('takes five photos and no sixth', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:kind:LIGHT_OFF')).hear(say('আলো নেই'));
    for (let n = 1; n <= 6; n++) chat.hear(photo(`m${n}`));
    expect(chat.state.draft?.attachments).toHaveLength(5);
    expect(chat.state.step.at).toBe('review');
  });

  it.each(['too_large', 'not_supported', 'damaged', 'expired', 'unavailable'] as const)(
    'says what is wrong with a file that is %s, and goes on',
    (problem) => {
      const chat = new Chat(settledState(), answers({ keep: () => ({ ok: false, problem }) }));
      chat.hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:kind:LIGHT_OFF')).hear(say('আলো নেই')).hear(photo());
      expect(chat.replies.length).toBe(2);
      expect(chat.state).toMatchObject({ step: { at: 'photos' }, draft: { attachments: [] } });
    },
  );

  it('begins with whatever comes first: a place, a photo, a voice message, words', () => {
    expect(new Chat().hear(pin).state).toMatchObject({ draft: { ward: '63' }, step: { at: 'what' } });
    expect(new Chat().hear(photo('m', 'গর্ত')).state).toMatchObject({
      draft: { attachments: [{ kind: 'photo' }], details: ['গর্ত'] },
      step: { at: 'where' },
    });
    expect(new Chat().hear(voice).state).toMatchObject({ draft: { attachments: [{ kind: 'voice' }] } });
    expect(new Chat().hear(say('rastar alo jolche na')).state).toMatchObject({
      draft: { kind: 'LIGHT_OFF' },
      step: { at: 'where' },
    });
  });

  it('sends nothing by the button of an old message when something is missing', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:review:send'));
    expect(chat.effects.some((effect) => effect.do === 'register')).toBe(false);
    expect(chat.state.step.at).toBe('what');
  });

  it('takes the choice of a list sent yesterday', () => {
    const chat = new Chat().hear(tap('v1:kind:POTHOLE'));
    expect(chat.state).toMatchObject({ draft: { kind: 'POTHOLE' }, step: { at: 'where' } });
  });

  it('keeps a half-finished complaint, reminds once inside the day and resumes it for a week', () => {
    const chat = new Chat().hear(tap('v1:menu:file')).hear(pin).hear(tap('v1:kind:LIGHT_OFF')).hear(say('menu'));
    expect(chat.offered[0]).toBe('v1:menu:resume');
    const due = nextWake(chat.state);
    expect(due?.until).toBeLessThan(chat.state.heardAt + 24 * 3_600_000);
    expect(chat.later(3_600_000).replies).toEqual([]);
    expect(chat.later(3 * 3_600_000).offered).toContain('v1:menu:resume');
    expect(nextWake(chat.state)).toBeNull();
    expect(chat.hear(tap('v1:menu:resume')).state).toMatchObject({
      step: { at: 'details' },
      draft: { kind: 'LIGHT_OFF' },
    });
    chat.now += 6 * 86_400_000;
    expect(chat.hear(say('হ্যালো')).offered[0]).toBe('v1:menu:resume');
    chat.now += 8 * 86_400_000;
    expect(chat.hear(say('হ্যালো')).state.draft).toBeNull();
  });

  it('asks again for what the record refused', () => {
    const refusing = answers({
      register: () => ({ ok: false, status: 422, code: 'validation', fields: ['subCategory'] }),
    });
    const chat = new Chat(settledState(), refusing).hear(tap('v1:menu:file')).hear(pin);
    chat.hear(tap('v1:kind:LIGHT_OFF')).hear(say('আলো নেই')).hear(say('নেই')).hear(tap('v1:review:send'));
    expect(chat.state.step.at).toBe('what');
  });
});
