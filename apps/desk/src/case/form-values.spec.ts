import { COMMANDS } from '#libs/domain/case/names';
import { COMMAND_FIELDS, orderedActions } from './command-spec.js';
import { EMPTY_FORM, missing, toBody } from './form-values.js';

const form = (texts: Record<string, string>) => ({ ...EMPTY_FORM, texts });

describe('the form of a command', () => {
  it('knows what every command of the routes asks for', () => {
    expect(Object.keys(COMMAND_FIELDS).sort()).toEqual([...COMMANDS].sort());
  });

  it('names the fields that are still to be filled', () => {
    expect(missing('reject', form({ reasonCode: 'rti', remarks: '   ' })).map((field) => field.name)).toEqual([
      'remarks',
    ]);
    expect(missing('attach', EMPTY_FORM).map((field) => field.name)).toEqual(['attachments']);
    expect(missing('recall', EMPTY_FORM)).toEqual([]);
  });

  it('sends a resolution with its photos and the place where it was made', () => {
    const values = { ...form({ remarks: ' Repaired. ' }), place: { lat: 22.5, lon: 88.3, accuracy: 12 } };
    expect(toBody('resolve', values, ['a1'])).toEqual({
      attachments: ['a1'],
      lat: 22.5,
      lon: 88.3,
      remarks: 'Repaired.',
    });
  });

  it('sends a rating as a number and a follower as a citizen', () => {
    expect(toBody('rate', form({ rating: '2' }), [])).toEqual({ rating: 2 });
    expect(toBody('follow', form({ 'citizen.mobile': '9830012345' }), [])).toEqual({
      citizen: { mobile: '9830012345' },
    });
  });

  it('sends the date of a directive as the clocks of the city mean it', () => {
    const values = form({ text: 'Before the puja', dueAt: '2026-11-24T18:00' });
    expect(toBody('directive', values, [])).toMatchObject({ dueAt: '2026-11-24T12:30:00.000Z' });
  });

  it('keeps a comment internal unless its writer says otherwise', () => {
    expect(toBody('comment', form({ text: 'Seen' }), [])).toEqual({ text: 'Seen', public: false });
  });

  it('leaves out what was left empty', () => {
    expect(toBody('transfer', form({ ward: '43', reason: 'Wrong ward', department: '' }), [])).toEqual({
      ward: '43',
      reason: 'Wrong ward',
    });
  });
});

describe('the actions of a case', () => {
  it('offers nothing that the server does not allow', () => {
    expect(orderedActions('assigned', [])).toEqual({ main: null, others: [] });
    const { main, others } = orderedActions('assigned', ['comment', 'resolve', 'ask-citizen']);
    expect(main).toBe('resolve');
    expect(others).toEqual(['ask-citizen', 'comment']);
  });

  it('puts directing first once a citizen has reopened the case', () => {
    expect(orderedActions('reopened', ['resolve', 'direct']).main).toBe('direct');
  });
});
