import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/** `registeredAt` → `registered_at`; SQL written by hand can then be read without quotes. */
export class SnakeNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(property: string, custom: string | undefined, prefixes: string[]): string {
    return custom ?? [...prefixes, property].join('_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
