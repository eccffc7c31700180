import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FieldReader } from '#libs/casework/fields';
import { readMobile } from '#libs/casework/mobile';
import { CaseworkProblem } from '#libs/casework/problem';
import type { PhoneItem, PhonesAnswer } from '#libs/contracts/api/phones';
import { FAULTS } from '../../../deploy/simulators/graph.js';
import type { Phone } from '../../../deploy/simulators/phones.js';
import { Public } from '../auth/session.guard.js';
import { jsonObject } from '../http/body.js';
import { wholeUpload } from '../http/content-types.js';
import { Simulator } from './simulator.service.js';

const MOST_PHONES = 12;

/** What the page with the telephones asks for. */
@ApiExcludeController()
@Public()
@Controller('simulator/api')
export class PhonesController {
  constructor(private readonly simulator: Simulator) {}

  @Get('phones')
  @Header('Cache-Control', 'no-store')
  look(@Query() query: Record<string, unknown>): PhonesAnswer {
    const mobiles = String(query['mobiles'] ?? '')
      .split(',')
      .map((mobile) => readMobile(mobile))
      .filter((mobile) => mobile !== null)
      .slice(0, MOST_PHONES);
    const looking = String(query['looking'] ?? '')
      .split(',')
      .map((mobile) => readMobile(mobile));
    const { phones, graph, line, hasWhatsApp } = this.simulator;
    for (const mobile of mobiles) {
      const phone = this.simulator.takeUp(mobile);
      phone.looking = looking.includes(mobile);
      if (phone.looking) graph.look(phone, line);
    }
    const after = Number(query['after'] ?? 0);
    return {
      revision: phones.revision,
      whatsapp: hasWhatsApp,
      phones: phones.since(mobiles, Number.isFinite(after) ? after : 0).map(({ mobile, items }) => ({
        mobile,
        on: phones.find(mobile)?.on ?? true,
        windowUntil: (phones.find(mobile)?.lastInboundAt ?? 0) + 24 * 3_600_000,
        items,
      })),
    };
  }

  @Post('phones/:mobile/name')
  @HttpCode(204)
  name(@Param('mobile') mobile: string, @Body() body: unknown): void {
    const name = new FieldReader(jsonObject(body)).text('name', { limit: 60 });
    this.phone(mobile, name);
  }

  /** Switches it off, or makes it forget that the citizen wrote within the last day. */
  @Post('phones/:mobile/state')
  @HttpCode(204)
  state(@Param('mobile') mobile: string, @Body() body: unknown): void {
    const reader = new FieldReader(jsonObject(body));
    const phone = this.phone(mobile);
    const on = reader.boolean('on');
    if (on !== undefined) phone.on = on;
    if (reader.boolean('windowClosed')) phone.lastInboundAt = 1;
    refuse(reader);
  }

  @Post('phones/:mobile/messages')
  @HttpCode(202)
  write(@Param('mobile') mobile: string, @Body() body: unknown): { status: 'sent' } {
    const reader = new FieldReader(jsonObject(body));
    const phone = this.phone(mobile);
    const channel = reader.text('channel', { required: true });
    const kind = reader.text('kind', { required: true });
    if (channel === 'sms') {
      const text = reader.text('text', { required: true, limit: 1000 });
      refuse(reader);
      if (text !== undefined) this.simulator.sms.receive(phone, text);
      return { status: 'sent' };
    }
    this.needWhatsApp();
    if (kind === 'text') this.text(phone, reader);
    else if (kind === 'place') this.place(phone, reader);
    else if (kind === 'choice') this.choice(phone, reader);
    else reader.wrong('kind', 'unknown', 'text, place or choice');
    refuse(reader);
    return { status: 'sent' };
  }

  /** A photo or voice note, as WhatsApp takes it. */
  @Post('phones/:mobile/media')
  @HttpCode(202)
  async media(@Param('mobile') mobile: string, @Req() request: FastifyRequest): Promise<{ status: 'sent' }> {
    this.needWhatsApp();
    const phone = this.phone(mobile);
    const file = request.isMultipart() ? await request.file() : undefined;
    if (!file)
      throw CaseworkProblem.invalid([{ field: 'file', problem: 'required', expected: 'a photo or voice note' }]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of wholeUpload(file)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const mime = file.mimetype;
    const type = mime.startsWith('image/') ? 'image' : mime.startsWith('audio/') ? 'audio' : 'document';
    const { graph, line } = this.simulator;
    const id = graph.keep(bytes, mime);
    const about = type === 'document' ? { filename: file.filename } : type === 'audio' ? { voice: true } : {};
    const content = { type, [type]: { id, mime_type: mime, ...about } };
    graph.receive(phone, line, content, { text: '', media: { id, mime } });
    return { status: 'sent' };
  }

  /** What was sent from a telephone, to be shown on it. */
  @Get('media/:id')
  shown(@Param('id') id: string, @Res() reply: FastifyReply): void {
    const found = this.simulator.graph.mediaOf(id);
    if (!found) void reply.code(404).send();
    else {
      const safe = /^(image\/(jpeg|png|webp)|audio\/[\w.+-]+)/.exec(found.mime)?.[0] ?? 'application/octet-stream';
      void reply.type(safe).header('Content-Security-Policy', "default-src 'none'; sandbox").send(found.bytes);
    }
  }

  /** Bad weather: duplicates, disorder, and faults of the next messages. */
  @Post('weather')
  @HttpCode(204)
  weather(@Body() body: unknown): void {
    const reader = new FieldReader(jsonObject(body));
    const { weather } = this.simulator.caller;
    weather.duplicates = reader.boolean('duplicates') ?? weather.duplicates;
    weather.disorder = reader.boolean('disorder') ?? weather.disorder;
    const code = reader.number('fault', 0, 999_999);
    const times = reader.number('times', 0, 20) ?? 1;
    if (code !== undefined && code !== 0 && !(code in FAULTS)) {
      reader.wrong('fault', 'unknown', `one of ${Object.keys(FAULTS).join(', ')}`);
    }
    const smsFaults = reader.number('smsFaults', 0, 20);
    refuse(reader);
    if (code !== undefined) this.simulator.graph.fail(code, code === 0 ? 0 : times, reader.boolean('late') ?? false);
    if (smsFaults !== undefined) this.simulator.sms.fail(smsFaults);
  }

  private text(phone: Phone, reader: FieldReader): void {
    const body = reader.text('text', { required: true });
    if (body === undefined) return;
    this.receive(phone, { type: 'text', text: { body } }, { text: body });
  }

  private place(phone: Phone, reader: FieldReader): void {
    const lat = reader.number('lat', -90, 90);
    const lon = reader.number('lon', -180, 180);
    const name = reader.text('name', { limit: 100 });
    if (lat === undefined || lon === undefined) return void reader.wrong('lat', 'required', 'lat and lon');
    const named = name === undefined ? {} : { name };
    const location = { latitude: lat, longitude: lon, ...named };
    this.receive(phone, { type: 'location', location }, { text: name ?? '', place: { lat, lon, ...named } });
  }

  /** A tap on a button or a row of a message that is on the telephone, however old. */
  private choice(phone: Phone, reader: FieldReader): void {
    const id = reader.text('id', { required: true, limit: 300 });
    const of = reader.text('of', { required: true, limit: 100 });
    if (id === undefined || of === undefined) return;
    const message = phone.items.find((item) => item.id === of);
    const button = message?.buttons?.find((each) => each.id === id);
    const row = message?.list?.rows.find((each) => each.id === id);
    const chosen = button ?? row;
    if (!chosen) return void reader.wrong('id', 'unknown', 'a button or row of that message');
    const context = { context: { from: this.simulator.line, id: of } };
    const { title } = chosen;
    if (button?.template)
      this.receive(phone, { ...context, type: 'button', button: { payload: id, text: title } }, { text: title });
    else if (button) {
      const interactive = { type: 'button_reply', button_reply: { id, title } };
      this.receive(phone, { ...context, type: 'interactive', interactive }, { text: title });
    } else {
      const interactive = { type: 'list_reply', list_reply: { ...row } };
      this.receive(phone, { ...context, type: 'interactive', interactive }, { text: title });
    }
  }

  private receive(
    phone: Phone,
    content: Readonly<Record<string, unknown>>,
    item: Pick<PhoneItem, 'text' | 'place'>,
  ): void {
    this.simulator.graph.receive(phone, this.simulator.line, content, item);
  }

  private phone(text: string, name?: string): Phone {
    const mobile = readMobile(text);
    if (!mobile) {
      throw CaseworkProblem.invalid([{ field: 'mobile', problem: 'invalid_mobile', expected: 'a mobile number' }]);
    }
    return this.simulator.takeUp(mobile, name);
  }

  private needWhatsApp(): void {
    if (this.simulator.hasWhatsApp) return;
    throw new CaseworkProblem({
      status: 409,
      code: 'other_graph_api',
      detail: 'WhatsApp goes by another Graph API here; only SMS is simulated.',
    });
  }
}

function refuse(reader: FieldReader): void {
  if (reader.problems.length > 0) throw CaseworkProblem.invalid(reader.problems);
}
