import { Body, Controller, Get, Headers, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/session.guard.js';
import { Simulator } from './simulator.service.js';

/** The routes of the Graph API that the product uses. */
@ApiExcludeController()
@Public()
@Controller('simulator/graph')
export class GraphController {
  constructor(private readonly simulator: Simulator) {}

  @Post(':version/:line/messages')
  send(
    @Param('line') line: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): void {
    const { status, body: answer } = this.simulator.graph.send(line, authorization, body);
    void reply.code(status).type('application/json').send(answer);
  }

  @Get('media/:id')
  media(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const { graph } = this.simulator;
    const found = graph.isKnown(authorization) ? graph.mediaOf(id) : null;
    if (found) void reply.type(found.mime).send(found.bytes);
    else void reply.code(404).send();
  }

  @Get(':version/:id')
  describe(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const base = `http://${request.headers.host ?? ''}/simulator/graph`;
    const { status, body } = this.simulator.graph.describe(base, authorization, id);
    void reply.code(status).type('application/json').send(body);
  }
}
