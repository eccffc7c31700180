import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import type { CaseView } from '#libs/contracts/api/views';
import type { Random } from '../demo/random.js';
import { chatComplaint } from './chat.js';
import { Refused, type ChaosClient } from './client.js';
import type { World } from './world.js';

/** What one case was told to do, to be compared with what became of it. */
export interface Life {
  /** Words that stand in this case alone. */
  mark: string;
  door: 'http' | 'whatsapp';
  number: string | null;
  /** As sent, in order. */
  ratings: number[];
  photo: boolean;
  /** Ends by the citizen's own wish. */
  withdrawn: boolean;
  ended: boolean;
  failure: string | null;
}

export interface Citizen {
  mobile: string;
  token: string;
}

/** Ratings of a life with how often they come; two of them reopen at most. */
const FATES: readonly (readonly number[])[] = [[5], [4], [2, 5], [1, 4], [2, 1, 4], [2, 2, 1]];
const WARDS = [91, 92, 93, 70, 12, 45];
const PHOTO_SHARE = 0.15;
const CHAT_SHARE = 0.15;
const SMS_SHARE = 0.3;
const MOST_REOPENS = 2;
/** Codes that somebody asks for before giving up. */
const LOGINS = 4;

/** Plays the lives of cases as citizens and officers would. */
export class Lives {
  readonly all: Life[] = [];
  private readonly tokens = new Map<string, Promise<string>>();
  private picture: Promise<Buffer> | null = null;

  constructor(
    private readonly world: World,
    private readonly client: ChaosClient,
    private readonly random: Random,
    private readonly accounts: ReadonlyMap<string, string>,
  ) {}

  /** A citizen who has logged in by the code that the gateway was given. */
  async citizen(mobile: string): Promise<Citizen> {
    for (let tries = 1; ; tries += 1) {
      try {
        return { mobile, token: await this.login(mobile) };
      } catch (error) {
        // Whoever lost the answer to a code, with the process that took it, asks for another one.
        if (tries === LOGINS || !(error instanceof Refused)) throw error;
      }
    }
  }

  private async login(mobile: string): Promise<string> {
    const { standIns } = this.world;
    standIns.lastTo.delete(mobile);
    await this.client.surely('POST', 'auth/otp', { body: { mobile } });
    for (const giveUp = Date.now() + 20_000; Date.now() < giveUp; await sleep(50)) {
      const code = /\b\d{6}\b/.exec(standIns.lastTo.get(mobile)?.text ?? '')?.[0];
      if (code === undefined) continue;
      const asked = { key: `${mobile}/${code}`, body: { mobile, code } };
      return (await this.client.surely<{ token: string }>('POST', 'auth/otp/verify', asked)).token;
    }
    throw new Error(`${mobile} got no code`);
  }

  /** Writes down a new case; what follows is compared with it. */
  promise(door: Life['door'], more: Partial<Life> = {}): Life {
    const mark = `chaos${String(this.all.length + 1).padStart(5, '0')}`;
    const promised = {
      mark,
      door,
      number: null,
      ratings: [],
      photo: false,
      withdrawn: false,
      ended: false,
      failure: null,
    };
    this.all.push({ ...promised, ...more });
    return this.all.at(-1) ?? promised;
  }

  /** A whole life; whatever stops it stands in the promise. */
  async live(citizen: Citizen): Promise<void> {
    const byChat = this.random.chance(CHAT_SHARE);
    const bySms = byChat || this.random.chance(SMS_SHARE);
    const fate = this.random.pick(FATES);
    const promised = this.promise(byChat ? 'whatsapp' : 'http', { photo: !byChat && this.random.chance(PHOTO_SHARE) });
    try {
      const person = byChat ? await this.chatter() : citizen;
      promised.number = byChat
        ? await chatComplaint(this.world, person.mobile, promised.mark, this.random)
        : (await this.lodge(citizen, promised)).number;
      await this.work(promised, promised.number, person, fate, bySms);
      promised.ended = true;
    } catch (error) {
      promised.failure = error instanceof Error ? error.message : String(error);
    }
  }

  private async work(
    promised: Life,
    number: string,
    { mobile, token }: Citizen,
    fate: readonly number[],
    bySms: boolean,
  ): Promise<void> {
    let view = await this.client.until(number, token, ({ state }) => state === 'assigned');
    for (const [index, rating] of fate.entries()) {
      const officer = await this.officer(view.owner?.position ?? '');
      const remarks = `Work ${index + 1} done`;
      await this.client.surely('POST', `grievances/${number}/resolve`, {
        token: officer,
        key: `${promised.mark}/resolve/${index}`,
        body: { remarks },
        mayBeEarly: true,
      });
      promised.ratings.push(rating);
      const last = rating > 2 || index === MOST_REOPENS;
      if (bySms) this.world.standIns.write(mobile, `RATE ${number} ${rating} by SMS`);
      else {
        await this.client.surely('POST', `grievances/${number}/rate`, {
          token,
          key: `${promised.mark}/rate/${index}`,
          body: { rating, remarks: 'by the app' },
        });
      }
      view = await this.client.until(number, token, ({ state, reopens }) =>
        last ? state === 'closed' : state === 'reopened' && reopens === index + 1,
      );
    }
  }

  private async lodge({ token }: Citizen, { mark, photo }: Life): Promise<CaseView> {
    const attachments = photo ? [await this.upload(token, mark)] : [];
    return this.client.surely('POST', 'grievances', {
      token,
      key: `${mark}/register`,
      body: { ...this.complaint(mark), attachments },
    });
  }

  complaint(mark: string): object {
    return { subCategory: 'LIGHT_OFF', ward: this.random.pick(WARDS), description: `Lamp is dark ${mark}` };
  }

  private async upload(token: string, mark: string): Promise<string> {
    this.picture ??= sharp({ create: { width: 1_200, height: 900, channels: 3, background: '#224466' } })
      .jpeg()
      .toBuffer();
    const picture = await this.picture;
    const form = (): FormData => {
      const made = new FormData();
      made.append('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'lamp.jpg');
      return made;
    };
    const { id } = await this.client.surely<{ id: string }>('POST', 'attachments', {
      token,
      key: `${mark}/photo`,
      form,
    });
    return id;
  }

  /** Somebody new, who can also look at the case by the app. */
  private chatter(): Promise<Citizen> {
    return this.citizen(`+9198${String(20_000_000 + this.all.length)}`);
  }

  private officer(position: string): Promise<string> {
    const known = this.tokens.get(position);
    if (known) return known;
    const username = this.accounts.get(position);
    if (username === undefined) throw new Error(`nobody holds "${position}"`);
    const body = { username, password: this.world.password };
    const login = this.client.surely<{ token: string }>('POST', 'auth/login', { body }).then(({ token }) => token);
    this.tokens.set(position, login);
    return login;
  }
}
