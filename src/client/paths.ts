// Made by scripts/write-client.mjs from docs/openapi.json; not edited by hand.

/** Every path of the interface with what it takes and gives, as openapi-fetch reads it. */
export interface paths {
  "/api/v1/session": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "email": string
        "password": string
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/first-administrator": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "link": string
        "name": string
        "email": string
        "password": string
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/invitations/{link}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path: { "link": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "name": string
        "email": string
        "purpose": "invitation" | "reset"
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post: {
      parameters: { query?: never; header?: never; path: { "link": string }; cookie?: never }
      requestBody: { content: { "application/json": {
        "password": string
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/password": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "current"?: string
        "password": string
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/person": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "name"?: string
        "language"?: "en" | "es"
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    trace?: never
  }
  "/api/v1/session/sessions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": ({
          "id": string
          "current": boolean
          "createdAt": string
          "lastSeenAt": string
          "agent": string
          "address": string
        })[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/sessions/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post?: never
    delete: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/passkeys": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": ({
          "id": string
          "name": string
          "createdAt": string
          "lastUsedAt": string | null
        })[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "credential": {
          [name: string]: unknown
        }
        "name": string
      } } }
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "id": string
        "name": string
        "createdAt": string
        "lastUsedAt": string | null
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/passkeys/options": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "options": {
          [name: string]: unknown
        }
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/passkeys/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post?: never
    delete: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/passkey/options": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "options": {
          [name: string]: unknown
        }
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/session/passkey": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "credential": {
          [name: string]: unknown
        }
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Session"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/openid/{provider}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "to"?: string }; header?: never; path: { "provider": string }; cookie?: never }
      requestBody?: never
      responses: { 302: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/openid/{provider}/callback": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path: { "provider": string }; cookie?: never }
      requestBody?: never
      responses: { 302: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/overview": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es"; "since"?: string }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Overview"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/clauses": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es"; "limit"?: number; "cursor"?: string; "format"?: "json" | "csv"; "verdict"?: string; "family"?: string; "kind"?: string; "force"?: string; "obligor"?: string; "text"?: string; "counted"?: "yes" | "no"; "sort"?: "worst" | "title" | "verdict" | "money" | "next-date" | "family" | "age" | "place"; "order"?: "asc" | "desc" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["ClauseLine"])[]
        "next": string | null
        "total": number | null
        "asOf": string
        "knownAt": string
        "summary": components["schemas"]["Summary"]
      }; "text/csv": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/clauses/{kind}/{name}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: never; path: { "kind": string; "name": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ClauseDetail"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/why/{kind}/{name}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: never; path: { "kind": string; "name": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Why"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/trend/{kind}/{name}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: never; path: { "kind": string; "name": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "points": ({
          "on": string
          "verdict": components["schemas"]["Verdict"]
          "value": string | null
          "target": string | null
          "unit": string | null
        })[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/waivers": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "clause": string
        "reason": string
        "approvedBy": string
        "until": string
      } } }
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "clause": string
        "until": string
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/agreement": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["AgreementDocument"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/findings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es"; "limit"?: number; "cursor"?: string; "format"?: "json" | "csv"; "severity"?: string; "family"?: string; "confidence"?: string; "clause"?: string; "text"?: string; "sort"?: "severity" | "place" | "code" | "money"; "order"?: "asc" | "desc" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["Finding"])[]
        "next": string | null
        "total": number | null
        "summary": {
          "error": number
          "warning": number
          "info": number
        }
      }; "text/csv": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/agreement/versions": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Versions"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/drafts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["AmendmentDraft"])[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "title": string
        "text"?: string
        "clause"?: string
      } } }
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["AmendmentDraft"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/drafts/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["AmendmentDraft"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody: { content: { "application/json": {
        "title": string
        "text": string
        "version": number
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["AmendmentDraft"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    post?: never
    delete: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/drafts/effect": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "text": string
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["DraftEffect"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/evidence": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["EvidenceStates"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/facts": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es"; "limit"?: number; "cursor"?: string; "format"?: "json" | "csv"; "dataset"?: string; "owner"?: string; "from"?: string; "to"?: string; "file"?: string; "row"?: string; "text"?: string }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["Fact"])[]
        "next": string | null
        "total": number | null
      }; "text/csv": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/rows": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es"; "limit"?: number; "cursor"?: string; "format"?: "json" | "csv"; "dataset": string; "file"?: string; "row"?: string; "from"?: string; "to"?: string }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["BulkRows"]; "text/csv": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/imports": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es"; "limit"?: number; "cursor"?: string; "source"?: string; "text"?: string; "rejected"?: "yes" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["ImportLine"])[]
        "next": string | null
        "total": number | null
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post: {
      parameters: { query?: { "source"?: string; "received-at"?: string; "dry-run"?: "yes" | "no" }; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "multipart/form-data": FormData } }
      responses: { 202: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Job"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/imports/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es" }; header?: never; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["ImportLine"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/imports/{id}/rejects": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "as-of"?: string; "known-at"?: string; "language"?: "en" | "es"; "limit"?: number; "cursor"?: string; "format"?: "json" | "csv" }; header?: never; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": ({
          "file": string
          "row": number
          "reasons": (string)[]
          "raw": string | null
        })[]
        "next": string | null
        "total": number | null
      }; "text/csv": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/imports/{id}/retraction": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody: { content: { "application/json": {
        "reason": string
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "id": string
        "retractedAt": string
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/jobs": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "language"?: "en" | "es" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["Job"])[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/jobs/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "language"?: "en" | "es" }; header?: never; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Job"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/people": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["Person"])[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "name": string
        "email": string
        "roles": (string)[]
        "customers"?: (string)[]
        "language"?: "en" | "es"
      } } }
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "person": components["schemas"]["Person"]
        "link": string
        "expiresAt": string
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/roles": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "roles": ({
          "id": string
          "name": string
          "families": (string)[]
          "rights": (string)[]
        })[]
        "customers": (string)[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/people/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody: { content: { "application/json": {
        "name"?: string
        "roles"?: (string)[]
        "customers"?: (string)[]
        "disabled"?: boolean
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Person"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    trace?: never
  }
  "/api/v1/people/{id}/link": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "link": string
        "expiresAt": string
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/tokens": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": (components["schemas"]["Token"])[]
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "name": string
        "rights": (string)[]
        "days": number
      } } }
      responses: { 201: { headers: { [name: string]: unknown }; content: { "application/json": {
        "id": string
        "name": string
        "rights": (string)[]
        "createdAt": string
        "expiresAt": string
        "lastUsedAt": string | null
        "revokedAt": string | null
        "text": string
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/tokens/{id}": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post?: never
    delete: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path: { "id": string }; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/settings": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": components["schemas"]["Settings"] } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/settings/bill-source": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "value": "focus" | "cur"
      } } }
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/settings/provider": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "name": string
        "issuer": string
        "clientId": string
        "newPeople": (string)[]
        "groups"?: {
          "claim": string
          "roles": {
            [name: string]: (string)[]
          }
        } | null
        "clientSecret"?: string
      } } }
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    post?: never
    delete: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody?: never
      responses: { 204: { headers: { [name: string]: unknown }; content?: never }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/audit": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: { "limit"?: number; "cursor"?: string; "action"?: string; "actor"?: string; "format"?: "json" | "csv" }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "items": ({
          "seq": number
          "at": string
          "actor": string
          "actorText": string
          "action": string
          "subject": string
          "detail": {
            [name: string]: unknown
          }
          "hash": string
        })[]
        "next": string | null
        "total": number | null
      }; "text/csv": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/audit/verification": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: { "idempotency-key"?: string }; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/json": {
        "entries": number
        "sound": boolean
        "fault": string | null
      } } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/events": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: { headers: { [name: string]: unknown }; content: { "text/event-stream": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  "/api/v1/commands": {
    parameters: { query?: never; header?: never; path?: never; cookie?: never }
    get?: never
    put?: never
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never }
      requestBody: { content: { "application/json": {
        "argv": (string)[]
        "cwd": string
        "env": {
          [name: string]: string
        }
        "out": {
          "isTTY": boolean
          "columns": number | null
          "hasColors"?: boolean
        }
        "err": {
          "isTTY": boolean
          "columns": number | null
          "hasColors"?: boolean
        }
        "actor": string
      } } }
      responses: { 200: { headers: { [name: string]: unknown }; content: { "application/x-ndjson": string } }; default: { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } } }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}

/** The named parts of what the interface gives. */
export interface components {
  schemas: {
    AgreementDocument: {
      "id": string
      "title": string
      "language": "en" | "es"
      "file": string
      "asOf": string
      "blocks": (components["schemas"]["Block"])[]
      "clauses": ({
        "id": string
        "kind": string
        "title": string
        "family": components["schemas"]["Family"]
        "verdict": components["schemas"]["Verdict"]
        "counted": boolean
        "span": components["schemas"]["Span"]
        "amendedBy": (string)[]
      })[]
      "findings": (components["schemas"]["Finding"])[]
    }
    AmendmentDraft: {
      "id": string
      "title": string
      "text": string
      "person": string
      "updatedAt": string
      "version": number
    }
    Block: {
      "type": "heading" | "paragraph" | "item" | "table" | "code" | "quote" | "rule"
      "depth"?: number
      "text"?: string
      "span": components["schemas"]["Span"]
      "header"?: ({
        "text": string
        "span": components["schemas"]["Span"]
      })[]
      "rows"?: (({
        "text": string
        "span": components["schemas"]["Span"]
      })[])[]
    }
    BulkRows: {
      "columns": (string)[]
      "items": ({
        [name: string]: unknown
      })[]
      "next": string | null
      "total": number | null
    }
    ClauseDetail: {
      "id": string
      "kind": string
      "kindText": string
      "family": components["schemas"]["Family"]
      "title": string
      "section": (string)[]
      "force": "obligation" | "target" | "estimate" | "statement"
      "obligor": string
      "beneficiary": string
      "verdict": components["schemas"]["Verdict"]
      "lifecycle": string
      "measure": components["schemas"]["Measure"] | null
      "grade": string | null
      "moneyAtStake": components["schemas"]["Money"] | null
      "forecast": {
        "low": string
        "mid": string
        "high": string
        "unit": string
        "text": string
      } | null
      "reason": string
      "nextDate": string | null
      "evidenceAge": number | null
      "owner": string
      "trend": ({
        "on": string
        "verdict": components["schemas"]["Verdict"]
      })[]
      "span": components["schemas"]["Span"]
      "words": ({
        "line": number
        "text": string
      })[]
      "terms": ({
        "name": string
        "nameText": string
        "text": string
        "span": components["schemas"]["Span"] | null
      })[]
      "amendedBy": (string)[]
      "needs": ({
        "dataset": string
        "datasetText": string
        "fields": (string)[]
        "how": string
        "facts": number
        "from": string | null
        "through": string | null
        "grade": string | null
      })[]
      "missing": (string)[]
      "findings": (components["schemas"]["Finding"])[]
      "waiver": {
        "by": string
        "reason": string
        "until": string
      } | null
    }
    ClauseLine: {
      "id": string
      "kind": string
      "kindText": string
      "family": components["schemas"]["Family"]
      "title": string
      "section": (string)[]
      "force": "obligation" | "target" | "estimate" | "statement"
      "obligor": string
      "beneficiary": string
      "verdict": components["schemas"]["Verdict"]
      "lifecycle": string
      "measure": components["schemas"]["Measure"] | null
      "grade": string | null
      "moneyAtStake": components["schemas"]["Money"] | null
      "forecast": {
        "low": string
        "mid": string
        "high": string
        "unit": string
        "text": string
      } | null
      "reason": string
      "nextDate": string | null
      "evidenceAge": number | null
      "owner": string
      "trend": ({
        "on": string
        "verdict": components["schemas"]["Verdict"]
      })[]
      "span": components["schemas"]["Span"]
    }
    Decision: {
      "kind": "breach" | "finding" | "waiver-ends" | "evidence-missing" | "rejects" | "draft"
      "text": string
      "detail": string
      "owner": string
      "by": string | null
      "money": components["schemas"]["Money"] | null
      "link": string
    }
    DraftEffect: {
      "problems": (components["schemas"]["InputProblem"])[]
      "added": (components["schemas"]["Finding"])[]
      "settled": (components["schemas"]["Finding"])[]
      "redlines": (components["schemas"]["Redline"])[]
      "standing": ({
        "clause": string
        "title": string
        "before": components["schemas"]["Verdict"] | null
        "after": components["schemas"]["Verdict"] | null
        "reason": string
      })[]
    }
    EvidenceStates: {
      "asOf": string
      "sources": ({
        "id": string
        "text": string
        "how": string
      })[]
      "datasets": ({
        "dataset": string
        "text": string
        "facts": number
        "rows": number
        "bulk": boolean
        "from": string | null
        "through": string | null
        "grade": string | null
        "age": number | null
      })[]
      "clauses": ({
        "id": string
        "title": string
        "verdict": components["schemas"]["Verdict"]
        "grade": string | null
        "used": number
        "needs": ({
          "dataset": string
          "text": string
          "how": string
          "through": string | null
        })[]
        "missing": (string)[]
      })[]
    }
    Fact: {
      "dataset": string
      "key": string
      "from": string
      "to": string
      "receivedAt": string
      "owner": string
      "grade": string
      "values": {
        [name: string]: unknown
      }
      "source": string
      "file": string
      "row": string
      "sha256": string
      "import": string
    }
    Family: "commercial" | "service" | "programme" | "governance" | "compliance" | "terms"
    Finding: {
      "code": string
      "rule": string
      "title": string
      "family": string
      "severity": "error" | "warning" | "info"
      "confidence": "proved" | "computed" | "heuristic"
      "message": string
      "explain": string
      "fix": string
      "clause": string | null
      "money": components["schemas"]["Money"] | null
      "primary": components["schemas"]["Span"]
      "related": ({
        "span": components["schemas"]["Span"]
        "label": string
      })[]
      "fingerprint": string
      "waived": {
        "by": string
        "reason": string
        "until": string
      } | null
    }
    ImportLine: {
      "id": string
      "source": string
      "sourceText": string
      "label": string
      "receivedAt": string
      "recordedAt": string
      "actor": string
      "tally": components["schemas"]["Tally"]
      "retractedAt": string | null
      "files"?: ({
        "name": string
        "sha256": string
        "bytes": number
        "tally": components["schemas"]["Tally"]
      })[]
    }
    InputProblem: {
      "code": string
      "message": string
      "fix": string | null
      "where": components["schemas"]["Span"]
    }
    Job: {
      "id": string
      "kind": "import"
      "state": "waiting" | "running" | "done" | "failed"
      "label": string
      "dryRun": boolean
      "startedAt": string
      "endedAt": string | null
      "actor": string
      "progress": {
        "source": string | null
        "bytes": number
        "bytesTotal": number
        "rows": number
      }
      "result": {
        "tally": components["schemas"]["Tally"]
        "deliveries": ({
          "import": string | null
          "source": string
          "sourceText": string
          "label": string
          "tally": components["schemas"]["Tally"]
          "refused": (components["schemas"]["InputProblem"])[]
          "notes": (string)[]
        })[]
        "unrecognised": (string)[]
        "problems": (components["schemas"]["InputProblem"])[]
      } | null
      "fault": string | null
    }
    Measure: {
      "value": string
      "target": string
      "unit": string
      "valueText": string
      "targetText": string
    }
    Money: {
      "amount": string
      "currency": string
    }
    Overview: {
      "agreement": {
        "id": string
        "title": string
      }
      "asOf": string
      "knownAt": string
      "evidenceThrough": string | null
      "term": {
        "start": string
        "end": string
      } | null
      "sentence": string
      "counted": number
      "summary": components["schemas"]["Summary"]
      "since": string
      "changes": ({
        "clause": string
        "title": string
        "before": components["schemas"]["Verdict"] | null
        "after": components["schemas"]["Verdict"] | null
        "reason": string
      })[]
      "decisions": (components["schemas"]["Decision"])[]
      "tiles": (components["schemas"]["Tile"])[]
    }
    Person: {
      "id": string
      "name": string
      "email": string
      "roles": (string)[]
      "customers": (string)[]
      "language": "en" | "es"
      "disabled": boolean
      "createdAt": string
      "signIn": {
        "password": boolean
        "passkeys": number
        "oidc": boolean
      }
    }
    Problem: {
      "type": string
      "title": string
      "status": number
      "detail"?: string
      "instance"?: string
      "errors"?: ({
        "place": string
        "message": string
      })[]
    }
    Redline: {
      "clause": string
      "title": string
      "term": string | null
      "before": string | null
      "after": string | null
      "outcome": string
      "outcomeText": string
      "favours": string | null
      "span": components["schemas"]["Span"] | null
    }
    Session: {
      "person": {
        "id": string
        "name": string
        "email": string
        "roles": (string)[]
        "customers": (string)[]
        "language": "en" | "es"
      } | null
      "rights": (string)[]
      "families": (components["schemas"]["Family"])[]
      "customer": boolean
      "csrf": string | null
      "empty": boolean
      "trial": boolean
      "providers": ({
        "id": string
        "name": string
      })[]
      "agreement": {
        "id": string
        "title": string
      } | null
      "today": string
      "version": string
    }
    Settings: {
      "billSource": "focus" | "cur" | null
      "provider": {
        "name": string
        "issuer": string
        "clientId": string
        "newPeople": (string)[]
        "groups"?: {
          "claim": string
          "roles": {
            [name: string]: (string)[]
          }
        } | null
        "hasSecret": boolean
      } | null
      "redirectUri": string
    }
    Span: {
      "file": string
      "line": number
      "column": number
      "endLine": number
      "endColumn": number
    }
    Summary: {
      "met": number
      "atRisk": number
      "breached": number
      "notDue": number
      "undetermined": number
      "waived": number
    }
    Tally: {
      "read": number
      "kept": number
      "duplicate": number
      "superseded": number
      "rejected": number
    }
    Tile: {
      "id": string
      "title": string
      "value": string
      "detail": string
      "tone": "good" | "warning" | "bad" | "neutral"
      "link": string
    }
    Token: {
      "id": string
      "name": string
      "rights": (string)[]
      "createdAt": string
      "expiresAt": string
      "lastUsedAt": string | null
      "revokedAt": string | null
    }
    TraceNode: {
      "kind": "clause" | "formula" | "input" | "evidence" | "fact" | "rule" | "missing" | "verdict"
      "label": string
      "value"?: unknown
      "valueText"?: string
      "span"?: components["schemas"]["Span"]
      "evidence"?: {
        "dataset": string
        "source": string
        "file"?: string
        "row"?: string
        "rows"?: number
        "sha256"?: string
      }
      "source"?: {
        "title": string
        "url"?: string
        "readOn"?: string
      }
      "children": (components["schemas"]["TraceNode"])[]
    }
    Verdict: "breached" | "at-risk" | "undetermined" | "not-due" | "met" | "waived"
    Versions: {
      "versions": ({
        "id": string
        "title": string
        "effective": string | null
        "recorded": string | null
        "signedOn": string | null
        "signedBy": (string)[]
        "state": "text" | "in-force" | "pending" | "unsigned" | "unknown-yet"
        "changes": (components["schemas"]["Redline"])[]
      })[]
    }
    Why: {
      "clause": components["schemas"]["ClauseLine"]
      "asOf": string
      "knownAt": string
      "words": ({
        "line": number
        "text": string
      })[]
      "trace": components["schemas"]["TraceNode"]
    }
  }
}
