/** The TypeScript types of an OpenAPI 3.1 document, in the form that openapi-fetch reads. */
export function clientTypes(document: object): string
