import sharp from 'sharp';
import type { CaseView } from '#libs/contracts/api/views';
import { nextDeadlines } from '#libs/domain/case/deadlines';
import type { CommandName } from '#libs/domain/case/names';
import type { CaseState } from '#libs/domain/case/types';
import { citizenOf, neighbourOf, type Cast } from './cast.js';
import { CITY } from './city.js';
import type { Answer, Client, Person, Problem } from './client.js';
import type { Complaint } from './complaints.js';
import { Random } from './random.js';
import type { Tally } from './tally.js';
import { WORDS } from './texts.js';
import type { Turns } from './turns.js';
import type { Watcher } from './watcher.js';

/** How long the record of a step may take, beside the clocks of the case itself. */
const RECORDED_WITHIN_MS = 90_000;
/** How often a command is given anew when a clock overtook it. */
const OVERTAKEN_TIMES = 3;
const OVERTAKEN_WITHIN_MS = 1_000;
/** Sources whose people come to a desk or ring up: what they say goes through an operator. */
const SPOKEN_FOR: readonly string[] = ['call_centre', 'mayors_office', 'talk_to_mayor'];

export interface Stage {
  seed: string;
  /** Different in each run: keys of an earlier one must not answer for this one. */
  run: string;
  client: Client;
  watcher: Watcher;
  cast: Cast;
  tally: Tally;
  turns: Turns;
  /** Milliseconds in which a day of the play city passes. */
  dayMs: number;
}

type Body = Readonly<Record<string, unknown>>;

/** One complaint and everybody who has to do with it. */
export class Scene {
  number = '';
  readonly random: Random;
  private keys = 0;

  constructor(
    readonly complaint: Complaint,
    readonly stage: Stage,
    /** Name of the plot, for what goes wrong. */
    readonly plot: string,
  ) {
    this.random = new Random(`${stage.seed}/${complaint.seq}`);
  }

  get cast(): Cast {
    return this.stage.cast;
  }

  get state(): CaseState {
    const state = this.stage.watcher.stateOf(this.number);
    if (!state) throw new Error(`${this.number} has no record`);
    return state;
  }

  /** The citizen in person. */
  get citizen(): Person {
    return citizenOf(this.complaint);
  }

  /** The nth person of the same street. */
  neighbour(nth: number): Person {
    return neighbourOf(this.complaint, nth);
  }

  mobileOf(person: Person): string {
    return person.kind === 'citizen' ? person.mobile : '';
  }

  /** Through whom the citizen speaks: themselves, or the desk they came to. */
  get voice(): Person {
    const { source } = this.complaint;
    if (!SPOKEN_FOR.includes(source)) return this.citizen;
    return source === 'call_centre' ? this.cast.callCentre(this.random) : this.cast.mayorsOffice;
  }

  /** Lodges as the source would: citizens in the portal by themselves, all others through the desk that hears them. */
  async lodge(): Promise<void> {
    const { complaint } = this;
    const place = complaint.place && complaint.seq % 2 === 0 ? complaint.place : null;
    const where = place ?? { ward: complaint.ward, ...(complaint.place ?? {}) };
    let answer = await this.tryToLodge(where);
    if (answer.status === 422) {
      // The place lies in no ward that is mapped: the portal then asks for the ward.
      this.expectRefusal('register', answer, '422 validation/ward_needed');
      answer = await this.tryToLodge({ ...where, ward: complaint.ward });
    }
    if (answer.status !== 201) throw this.surprise('register', answer);
    await this.adopt(answer.body as CaseView);
  }

  /** Goes on with a case that has been lodged. */
  async adopt({ number, source, state }: CaseView): Promise<void> {
    this.number = number;
    this.stage.tally.lodged += 1;
    this.stage.tally.lodgedBySource.add(source);
    this.stage.tally.seen(state);
    await this.recorded(2);
  }

  private tryToLodge(where: Body): Promise<Answer<CaseView | Problem>> {
    const { source, subCategory, description, landmark, locale, mobile, name } = this.complaint;
    const said = { tenant: CITY, subCategory, description, landmark, locale, ...where };
    const asker = source === 'mayors_office' || source === 'talk_to_mayor' ? this.cast.mayorsOffice : null;
    const desk = asker ?? this.cast.callCentre(this.random);
    return source === 'portal'
      ? this.send(this.citizen, '/api/v1/grievances', { ...said, citizen: { name } })
      : this.send(desk, '/api/v1/grievances', { ...said, source, citizen: { mobile, name } });
  }

  /**
   * Gives a command that must be accepted, and waits until it is on record.
   * @param person somebody, or whoever it is at that moment
   */
  async does(person: Person | (() => Person), command: CommandName, body: Body = {}): Promise<CaseView> {
    for (let attempt = 1; ; attempt++) {
      const { version: before } = this.state;
      const [next] = nextDeadlines(this.state);
      if (next) this.stage.tally.ahead(next.at - Date.now(), `${this.plot}, ${command} before ${next.kind}`);
      const who = typeof person === 'function' ? person() : person;
      const answer = await this.send<CaseView>(who, `/api/v1/grievances/${this.number}/${command}`, body);
      if (answer.status === 200) return this.accepted(command, answer.body);
      await this.recorded(before + 1, OVERTAKEN_WITHIN_MS).catch(() => undefined);
      const overtaken = this.state.version > before && typeof person === 'function';
      if (!overtaken || attempt === OVERTAKEN_TIMES) throw this.surprise(command, answer);
    }
  }

  private async accepted(command: CommandName, view: CaseView): Promise<CaseView> {
    this.stage.tally.command(command);
    this.stage.tally.seen(view.state);
    await this.recorded(view.version);
    return view;
  }

  /** Asks for something that must be refused, in exactly this way: `409 already_rated`, `422 validation/unknown`. */
  async isRefused(person: Person, command: string, body: Body, kind: string): Promise<void> {
    const answer = await this.send<Problem>(person, `/api/v1/grievances/${this.number}/${command}`, body);
    this.expectRefusal(command, answer, kind);
  }

  expectRefusal(what: string, answer: Answer<unknown>, kind: string): void {
    const { status, body } = answer as Answer<Problem>;
    const kinds = (body.errors ?? []).map(({ problem }) => `${status} ${body.code}/${problem}`);
    if (`${status} ${body.code}` !== kind && !kinds.includes(kind)) throw this.surprise(what, answer, kind);
    this.stage.tally.refusal(what, kind);
  }

  async sees(person: Person): Promise<Answer<CaseView>> {
    return this.stage.client.get<CaseView>(person, `/api/v1/grievances/${this.number}`);
  }

  /** Waits for a clock, meanwhile leaving the turn to others; at most for a month of the play city. */
  async until(what: string, condition: (state: CaseState) => boolean): Promise<CaseState> {
    const { turns, dayMs, watcher } = this.stage;
    turns.giveBack();
    try {
      return await watcher.until(this.number, condition, 30 * dayMs + RECORDED_WITHIN_MS);
    } catch (error) {
      throw new Error(`waiting for ${what}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await turns.comeBack();
    }
  }

  async recorded(version: number, patienceMs = RECORDED_WITHIN_MS): Promise<void> {
    await this.stage.watcher.until(this.number, (state) => state.version >= version, patienceMs);
  }

  /** Lodged, and with somebody who works on it. */
  async begin(): Promise<void> {
    await this.lodge();
    if (this.state.state === 'awaiting_assignment') await this.assign();
  }

  assign(by: Person | (() => Person) = this.cast.gro(this.state)): Promise<CaseView> {
    return this.does(by, 'assign', { position: this.cast.colleagueOf(this.state) });
  }

  /** Resolves with the evidence that the category asks for. */
  async resolve(by: Person = this.cast.owner(this.state)): Promise<CaseView> {
    const { rules, location } = this.state;
    const remarks = this.say('done');
    const attachments = rules.evidencePhoto ? [await this.picture(by)] : undefined;
    const here = rules.evidenceWithinMetres !== undefined && location && 'lat' in location ? location : null;
    return this.does(by, 'resolve', {
      remarks,
      ...(attachments ? { attachments } : {}),
      ...(here ? { lat: here.lat, lon: here.lon } : {}),
    });
  }

  rate(rating: number, by: Person = this.voice): Promise<CaseView> {
    return this.does(by, 'rate', { rating, remarks: this.say(rating <= 2 ? 'unhappy' : 'happy') });
  }

  /** A sentence for the occasion, in the language of the complaint. */
  say(occasion: keyof typeof WORDS): string {
    return this.random.pick(WORDS[occasion][this.complaint.locale]);
  }

  async picture(by: Person): Promise<string> {
    const colour = { r: this.random.between(0, 255), g: this.random.between(0, 255), b: this.random.between(0, 255) };
    const image = sharp({ create: { width: 48, height: 32, channels: 3, background: colour } });
    return this.stage.client.upload(by, new Uint8Array(await image.png().toBuffer()));
  }

  send<T>(person: Person, path: string, body: Body): Promise<Answer<T>> {
    const key = `${this.stage.run}/${this.complaint.seq}/${++this.keys}`;
    return this.stage.client.post<T>(person, path, body, key);
  }

  private surprise(what: string, { status, body }: Answer<unknown>, expected?: string): Error {
    const { code = '', detail = '', errors } = body as Partial<Problem>;
    const told = `${status} ${code} ${detail}${errors ? ` ${JSON.stringify(errors)}` : ''}`;
    return new Error(`${what} was answered ${told}${expected ? ` instead of ${expected}` : ''}`);
  }
}
