import { Controller, Get, Headers, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '#libs/casework/principal';
import type { UploadedPicture } from '#libs/contracts/api/views';
import { unsupported } from '../http/content-types.js';
import { Caller } from '../http/request.js';
import { uploadOf } from '../http/uploads.js';
import { byteRange } from './byte-range.js';
import { AttachmentsService } from './attachments.service.js';

@ApiTags('attachments')
@Controller('api/v1/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  /** Takes a picture of at most 10 MB; it belongs to a case once a registration or command names it. */
  @Post()
  @HttpCode(201)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  async upload(@Caller() principal: Principal, @Req() request: FastifyRequest): Promise<UploadedPicture> {
    if (!request.isMultipart()) throw unsupported('Send the picture as multipart/form-data in the field "file".');
    const upload = await uploadOf(request);
    const chunks: Uint8Array[] = [];
    if (upload) for await (const chunk of upload.chunks) chunks.push(chunk);
    return this.attachments.take(principal, Buffer.concat(chunks));
  }

  /** The picture or voice note, for whoever may see its case; a part of it with `Range`. */
  @Get(':id')
  @ApiResponse({ status: 200, description: 'The picture' })
  @ApiResponse({ status: 206, description: 'The part that the header Range asks for' })
  @ApiResponse({ status: 416, description: 'The picture has no such part' })
  async download(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('range') wanted?: string,
  ): Promise<Buffer> {
    const { mime, bytes } = await this.attachments.give(principal, id);
    void reply
      .type(mime)
      .header('Cache-Control', 'private, max-age=3600')
      .header('Content-Disposition', 'inline')
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .header('Accept-Ranges', 'bytes');
    const part = byteRange(wanted, bytes.length);
    if (part === null) return bytes;
    if (part === 'outside') {
      void reply.code(416).header('Content-Range', `bytes */${bytes.length}`);
      return Buffer.alloc(0);
    }
    void reply.code(206).header('Content-Range', `bytes ${part.first}-${part.last}/${bytes.length}`);
    return bytes.subarray(part.first, part.last + 1);
  }
}
