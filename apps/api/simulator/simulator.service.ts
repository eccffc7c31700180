import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Settings } from '#libs/config/settings';
import { previews } from '#libs/templates/registry';
import { GraphStandIn } from '../../../deploy/simulators/graph.js';
import { OutboxTail } from '../../../deploy/simulators/outbox-tail.js';
import { Phones, type Phone } from '../../../deploy/simulators/phones.js';
import { SmsStandIn } from '../../../deploy/simulators/sms.js';
import { WebhookCaller } from '../../../deploy/simulators/webhook-caller.js';
import { LOG, SETTINGS } from '../platform/tokens.js';

const PUMP_MS = 300;

/** The telephones of the demo, and what stands in for the providers behind them. */
@Injectable()
export class Simulator implements OnApplicationShutdown {
  readonly phones = new Phones();
  readonly caller: WebhookCaller;
  readonly graph: GraphStandIn;
  readonly sms: SmsStandIn;
  private readonly templates = approvedTemplates();
  private pumping: NodeJS.Timeout | null = null;
  private known = 'http://127.0.0.1:0';

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOG) log: Logger,
    private readonly host: HttpAdapterHost,
  ) {
    const { whatsapp, sms, dataDir } = settings;
    const { phones } = this;
    this.caller = new WebhookCaller(whatsapp.appSecret, (error) => log.warn({ err: error }, 'a simulated call failed'));
    const { caller } = this;
    this.graph = new GraphStandIn({
      phones,
      caller,
      token: whatsapp.token ?? '',
      webhook: () => `${this.origin}/webhooks/whatsapp`,
      template: (name, language, values) => this.filled(name, language, values),
    });
    const token = sms.options['SMS_WEBHOOK_TOKEN'];
    this.sms = new SmsStandIn({
      phones,
      caller,
      outbox: new OutboxTail(join(dataDir, 'outbox.jsonl')),
      webhook: () => `${this.origin}/webhooks/sms/console${token === undefined ? '' : `/${token}`}`,
    });
  }

  /** Whether chats go by the stand-in; another Graph API may have been set. */
  get hasWhatsApp(): boolean {
    return this.settings.whatsapp.standIn === true;
  }

  get line(): string {
    return this.settings.whatsapp.phoneNumberId ?? 'simulator';
  }

  takeUp(mobile: string, name?: string): Phone {
    const known = this.phones.find(mobile);
    const phone = this.phones.take(mobile, name);
    if (!known) this.sms.takeUp(phone);
    this.startPumping();
    return phone;
  }

  onApplicationShutdown(): void {
    if (this.pumping) clearInterval(this.pumping);
  }

  /** Nothing is read before somebody holds a telephone. */
  private startPumping(): void {
    if (this.pumping) return;
    const pump = (): void => void this.sms.pump().catch(() => undefined);
    pump();
    this.pumping = setInterval(pump, PUMP_MS);
    this.pumping.unref();
  }

  /** Where this very process listens; as it was, once it has stopped. */
  private get origin(): string {
    const server = this.host.httpAdapter.getHttpServer() as { address(): AddressInfo | null };
    const bound = server.address();
    if (bound) this.known = `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
    return this.known;
  }

  private filled(name: string, language: string, values: readonly string[]): { text: string } | null {
    const registered = this.templates.get(`${name}/${language}`);
    if (registered === undefined) return null;
    const parts = registered.split('{#var#}');
    if (parts.length !== values.length + 1) return null;
    return { text: parts.map((part, index) => part + (values[index] ?? '')).join('') };
  }
}

/** Every registered text by the name of its WhatsApp template and language. */
function approvedTemplates(): Map<string, string> {
  return new Map(
    previews().map(({ whatsappTemplate: { name, language }, registered }) => [`${name}/${language}`, registered]),
  );
}
