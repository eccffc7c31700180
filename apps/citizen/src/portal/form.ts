/** The fields and files of a form, however the browser sent them. */
export class Form {
  constructor(private readonly data: FormData) {}

  static async read(body: Uint8Array, contentType: string | undefined): Promise<Form | null> {
    if (!contentType) return new Form(new FormData());
    try {
      const bytes = new Uint8Array(body);
      return new Form(await new Response(bytes, { headers: { 'content-type': contentType } }).formData());
    } catch {
      return null;
    }
  }

  /** Trimmed, with the line ends of every browser alike. */
  text(name: string): string {
    const value = this.data.get(name);
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
  }

  texts(name: string): string[] {
    return this.data.getAll(name).filter((value): value is string => typeof value === 'string');
  }

  has(name: string): boolean {
    return this.data.has(name);
  }

  /** Files that were really chosen: browsers send an empty one for an empty field. */
  async files(name: string): Promise<Uint8Array[]> {
    const files = this.data.getAll(name).filter((value): value is File => typeof value !== 'string' && value.size > 0);
    return Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
  }
}
