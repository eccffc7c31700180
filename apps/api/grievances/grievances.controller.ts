import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { CaseView, NearbyView, Page, TimelineItem } from '#libs/contracts/api/views';
import { COMMANDS, type CommandName } from '#libs/domain/case/names';
import { jsonObject } from '../http/body.js';
import { Caller, IdempotencyKey } from '../http/request.js';
import { OwnIdempotency } from '../idempotency/idempotency.interceptor.js';
import { CommandDto, RegistrationDto } from './grievances.dto.js';
import { countCommand, countRegistration } from '../health/metrics.js';

const FILTERS = [
  'state',
  'outcome',
  'ward',
  'borough',
  'department',
  'category',
  'subCategory',
  'source',
  'owner',
  'accountable',
  'officer',
  'level',
  'overdue',
  'rating',
  'answered (standing, once)',
  'resolved',
  'reopened',
  'sla (met, missed, decided)',
  'q',
  'from',
  'to',
  'sort',
  'cursor',
  'limit',
  'tenant',
  'followed',
];

@ApiTags('grievances')
@Controller('api/v1/grievances')
export class GrievancesController {
  constructor(private readonly casework: Casework) {}

  /** Lodges a complaint. */
  @Post()
  @OwnIdempotency()
  @HttpCode(201)
  @ApiBody({ type: RegistrationDto })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  async register(
    @Caller() principal: Principal,
    @Body() body: unknown,
    @IdempotencyKey() key?: string,
  ): Promise<CaseView> {
    const view = await this.casework.register(principal, jsonObject(body), key);
    countRegistration(view.source);
    return view;
  }

  /** Cases the caller may see, newest first unless sorted otherwise. */
  @Get()
  @ApiQuery({ name: 'filters', required: false, description: FILTERS.join(', ') })
  list(@Caller() principal: Principal, @Query() query: Record<string, unknown>): Promise<Page<CaseView>> {
    return this.casework.list(principal, query);
  }

  /** How many cases the list with the same filters has on all its pages. */
  @Get('count')
  async count(@Caller() principal: Principal, @Query() query: Record<string, unknown>): Promise<{ total: number }> {
    return { total: await this.casework.count(principal, query) };
  }

  /** Open cases of the same kind close to a place: to be followed instead of lodged again. */
  @Get('nearby')
  @ApiQuery({ name: 'subCategory' })
  @ApiQuery({ name: 'lat' })
  @ApiQuery({ name: 'lon' })
  async nearby(
    @Caller() principal: Principal,
    @Query() query: Record<string, unknown>,
  ): Promise<{ items: NearbyView[] }> {
    return { items: await this.casework.nearby(principal, query) };
  }

  /** One case. With `version` the answer waits up to a second for the record to reach it. */
  @Get(':number')
  @ApiQuery({ name: 'version', required: false })
  view(
    @Caller() principal: Principal,
    @Param('number') number: string,
    @Query('version') version?: string,
  ): Promise<CaseView> {
    return this.casework.view(principal, number, versionOf(version));
  }

  /** What happened, in order, with the messages that went out because of it. */
  @Get(':number/timeline')
  async timeline(
    @Caller() principal: Principal,
    @Param('number') number: string,
  ): Promise<{ items: TimelineItem[]; next: null }> {
    return { items: await this.casework.timeline(principal, number), next: null };
  }

  /** Name and mobile number of the citizen, for a reason that is kept in the audit trail. */
  @Post(':number/reveal')
  @HttpCode(200)
  reveal(
    @Caller() principal: Principal,
    @Param('number') number: string,
    @Body() body: unknown,
  ): Promise<{ name: string | null; mobile: string | null }> {
    return this.casework.reveal(principal, number, jsonObject(body));
  }

  /** Gives a command to the case; answers the case after it. */
  @Post(':number/:command')
  @OwnIdempotency()
  @HttpCode(200)
  @ApiParam({ name: 'command', enum: COMMANDS })
  @ApiBody({ type: CommandDto, required: false })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  async command(
    @Caller() principal: Principal,
    @Param('number') number: string,
    @Param('command') command: string,
    @Body() body: unknown,
    @IdempotencyKey() key?: string,
  ): Promise<CaseView> {
    if (!isCommand(command)) throw CaseworkProblem.notFound('There is no such command.', 'unknown_command');
    return countCommand(command, () => this.casework.command(principal, number, command, jsonObject(body), key));
  }
}

function isCommand(name: string): name is CommandName {
  return (COMMANDS as readonly string[]).includes(name);
}

function versionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const version = Number(text);
  if (Number.isInteger(version) && version >= 0) return version;
  throw CaseworkProblem.invalid([{ field: 'version', problem: 'wrong_type', expected: 'a whole number' }]);
}
