import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { FastifyReply } from 'fastify';
import type { Settings } from '#libs/config/settings';
import { TASK_QUEUE } from '#libs/contracts/temporal/names';
import { Public } from '../auth/session.guard.js';
import { Readiness } from '../platform/readiness.js';
import { CONNECTION, SETTINGS, TEMPORAL } from '../platform/tokens.js';
import { registry } from './metrics.js';

type Check = 'up' | 'down';

/** A worker polls every minute at the latest; one that has not for longer is gone. */
const POLLED_WITHIN_MS = 70_000;
const PATIENCE_MS = 2_000;

const READINESS = {
  type: 'object',
  required: ['status', 'checks'],
  properties: {
    status: { type: 'string', enum: ['not_ready', 'stopping'] },
    checks: { type: 'object', additionalProperties: { type: 'string', enum: ['down', 'up'] } },
  },
};

@ApiTags('operation')
@Public()
@Controller()
export class HealthController {
  constructor(
    @InjectDataSource() private readonly read: DataSource,
    @Inject(TEMPORAL) private readonly client: Client,
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly readiness: Readiness,
  ) {}

  /** The process runs. */
  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /**
   * Whether a complaint lodged now would be worked on: database, Temporal and a polling worker. A process that is about to
   * end says so before it takes no new connection.
   */
  @Get('readyz')
  @ApiResponse({ status: 200, description: 'All of it is there' })
  @ApiResponse({
    status: 503,
    description: 'Part of it is away (`not_ready`), or this process is about to end (`stopping`)',
    content: { 'application/json': { schema: READINESS } },
  })
  async readyz(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: string; checks: Record<string, Check> }> {
    if (this.readiness.isStopping) {
      void reply.code(503);
      return { status: 'stopping', checks: {} };
    }
    const [database, temporalUp, worker] = await Promise.all([
      check(async () => void (await this.read.query('SELECT 1'))),
      check(async () => void (await this.connection.workflowService.getSystemInfo({}))),
      check(() => this.workerPolls()),
    ]);
    const checks = { database, temporal: temporalUp, worker };
    const ready = Object.values(checks).every((state) => state === 'up');
    if (!ready) void reply.code(503);
    return { status: ready ? 'ready' : 'not_ready', checks };
  }

  @Get('metrics')
  @ApiProduces('text/plain')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(registry.contentType);
    return registry.metrics();
  }

  private async workerPolls(): Promise<void> {
    const { pollers } = await this.client.withDeadline(Date.now() + PATIENCE_MS, () =>
      this.connection.workflowService.describeTaskQueue({
        namespace: this.settings.temporal.namespace,
        taskQueue: { name: TASK_QUEUE },
        taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      }),
    );
    const since = Date.now() - POLLED_WITHIN_MS;
    const alive = (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since);
    if (!alive) throw new Error('no worker polls the task queue');
  }
}

async function check(work: () => Promise<void>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  try {
    await Promise.race([work(), late]);
    return 'up';
  } catch {
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}
