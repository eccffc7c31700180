import type { JsonValue } from './document.js';

/** A question that comes with a service; answered by `attribute[CODE]`. */
export interface Attribute {
  code: string;
  datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
  required: boolean;
  description: string;
  datatypeDescription?: string;
  values?: readonly { key: string; name: string }[];
}

export function attributeEntry(attribute: Attribute, order: number): JsonValue {
  return {
    variable: true,
    code: attribute.code,
    datatype: attribute.datatype,
    required: attribute.required,
    datatype_description: attribute.datatypeDescription ?? null,
    order,
    description: attribute.description,
    ...(attribute.values ? { values: attribute.values.map(({ key, name }) => ({ key, name })) } : {}),
  };
}
