// Made of docs/openapi.json by npm run openapi.

export interface paths {
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders of a user or of a status
         * @description The tenant's orders, newest first, by userId or by status: exactly one of the two. An order is listed within about a second of its 201, and shown as it is now. A user's list that is read page by page shows every order once that was in it when it began, whatever comes in meanwhile. A status's list shows the orders that have the status when their page is read: one that has just changed it is left out, so that a page may hold fewer than limit. There are more pages as long as there is a nextCursor. Parameters that are not known here are refused.
         */
        get: operations["listOrders"];
        put?: never;
        /**
         * Place an order
         * @description Accepts an order at the prices of now. Whether it is CONFIRMED or FAILED shows within seconds at its Location. Under an Idempotency-Key the same request can be sent any number of times: it makes one order, and every answer is the first one.
         */
        post: operations["createOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at an order
         * @description The whole order. Poll it with If-None-Match until its status is CONFIRMED or FAILED.
         */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{orderId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to an order
         * @description The order's audit trail, oldest first: every event as it stood on the bus. It follows the order by moments, and nothing in it is ever changed or removed.
         */
        get: operations["getOrderEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is sold
         * @description The catalogue, page by page, in no particular order. A product that is there throughout is shown once, whatever comes and goes meanwhile. Parameters that are not known here are refused.
         */
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a product
         * @description Its name, its price, and whether it is in stock, as they were seconds ago at most.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count orders and revenue
         * @description How many orders there were, what became of them, and what the confirmed ones come to, by day, month or product. It is made of a copy that is a few seconds behind the orders. Stacks without that copy, the ledger, do not have this operation: there it answers 404 (no-such-operation).
         */
        get: operations["reportOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rate-limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many orders the tenant may place now
         * @description Looks at the tenant's limit without using any of it.
         */
        get: operations["getRateLimit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the API is there
         * @description Answered by the gateway alone: it says nothing of what stands behind it. A Content-Type, which a GET needs not have, must be application/json.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        PlaceOrderBody: {
            userId: string;
            /** @description A product once. */
            items: {
                productId: string;
                /** @description Units. */
                qty: number;
            }[];
            /** @description If given, it must equal the total that the service computes. */
            totalAmount?: number;
            customerEmail?: string;
        };
        OrderAccepted: {
            /** @description Given by the service. */
            orderId: string;
            /** @enum {string} */
            status: "PENDING";
            /** @description A decimal in the order's currency. */
            totalAmount: number;
            /** @description ISO 4217. */
            currency: string;
            items: {
                productId: string;
                name: string;
                /** @description Units. */
                qty: number;
                /** @description A decimal in the order's currency. */
                unitPrice: number;
                /** @description A decimal in the order's currency. */
                lineTotal: number;
            }[];
            /** @description ISO 8601, UTC, with milliseconds. */
            createdAt: string;
        };
        OrderView: {
            /** @description Given by the service. */
            orderId: string;
            userId: string;
            customerEmail?: string;
            /** @enum {string} */
            status: "PENDING" | "CONFIRMED" | "FAILED";
            /** @enum {string} */
            stage: "RECEIVED" | "INVENTORY_RESERVED" | "PAYMENT_PROCESSED" | "CONFIRMED" | "CANCELLING" | "FAILED";
            /** @description A decimal in the order's currency. */
            totalAmount: number;
            /** @description ISO 4217. */
            currency: string;
            items: {
                productId: string;
                name: string;
                /** @description Units. */
                qty: number;
                /** @description A decimal in the order's currency. */
                unitPrice: number;
                /** @description A decimal in the order's currency. */
                lineTotal: number;
            }[];
            payment?: {
                /** @enum {string} */
                status: "CAPTURED" | "REFUNDED" | "VOIDED";
                /** @description A decimal in the order's currency. */
                amount: number;
            };
            failure?: {
                step: string;
                /** @enum {string} */
                code: "OUT_OF_STOCK" | "PAYMENT_DECLINED" | "TECHNICAL_FAULT";
                /** @description A sentence for the customer. */
                reason: string;
            };
            /** @description Where the receipt lies among the service's receipts; once the order is CONFIRMED. */
            receiptKey?: string;
            /** @description Grows with every change. */
            version: number;
            /** @description ISO 8601, UTC, with milliseconds. */
            createdAt: string;
            /** @description ISO 8601, UTC, with milliseconds. */
            updatedAt: string;
        };
        OrderList: {
            orders: components["schemas"]["OrderView"][];
            /** @description Ask for the next page with it; absent on the last page. */
            nextCursor?: string;
        };
        OrderTrail: {
            /** @description Given by the service. */
            orderId: string;
            /** @description Events are there moments after the order has changed. */
            events: {
                /** @description Stands for this event alone, on the bus as well. */
                eventId: string;
                /** @description OrderCreated, InventoryReserved, PaymentProcessed and so on; more may come. */
                type: string;
                /** @description ISO 8601, UTC, with milliseconds. */
                occurredAt: string;
                /** @description The order's version that it tells of. */
                version: number;
                /** @description The event's own fields, as on the bus. */
                detail: {
                    [key: string]: unknown;
                };
            }[];
        };
        ProductView: {
            productId: string;
            name: string;
            /** @description A decimal in the order's currency. */
            price: number;
            /** @description ISO 4217. */
            currency: string;
            category?: string;
            /** @description Whether at least one could be sold a moment ago. */
            inStock: boolean;
        };
        ProductList: {
            products: components["schemas"]["ProductView"][];
            /** @description Ask for the next page with it; absent on the last page. */
            nextCursor?: string;
        };
        RateLimitView: {
            /** @description Orders that may come at once. */
            limit: number;
            /** @description Orders that may come at once now. */
            remaining: number;
            /** @description Seconds until all of the limit is there again. */
            resetSeconds: number;
        };
        OrdersReport: {
            /** @description The first day. */
            from: string;
            /** @description The day after the last. */
            to: string;
            /** @enum {string} */
            groupBy: "day" | "month" | "product";
            /** @description ISO 4217. */
            currency: string;
            /** @description In the order of their names; a day or month without orders is absent. */
            groups: {
                /** @description The day (2026-03-01), the month (2026-03) or the product's id; days and months are of UTC. */
                group: string;
                /** @description Orders that were placed, whatever became of them. */
                orders: number;
                confirmed: number;
                failed: number;
                /** @description Units in confirmed orders. */
                units: number;
                /** @description What confirmed orders come to: a decimal in the currency. */
                revenue: number;
            }[];
        };
        HealthView: {
            /** @enum {string} */
            status: "ok";
        };
        ProblemBody: {
            /** @description The kind of problem: a URN, to be compared as it is. */
            type: string;
            /** @description The kind in words. */
            title: string;
            /** @description That of the answer; absent where only the gateway knows it beforehand. */
            status?: number;
            /** @description A sentence about this very request. */
            detail: string;
            /** @description All that is wrong with the body or the query, as far as that can be said. */
            errors?: {
                /** @description JSON Pointer (RFC 6901) into the body; of a query /query/ and the parameter's name. */
                pointer: string;
                detail: string;
            }[];
            /** @description Names the request in the service's logs; quote it when you ask. */
            correlationId: string;
        };
    };
    responses: never;
    parameters: {
        /** @description Chosen by the caller, one for each order: 1 to 255 visible ASCII characters. */
        "Idempotency-Key": string;
        /** @description Another name for Idempotency-Key. */
        "X-Idempotency-Key": string;
        /** @description Names the request in logs and events; made up when absent or unusable. */
        "X-Correlation-Id": string;
        /**
         * @description As the service gave it.
         * @example 3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11
         */
        orderId: string;
        /** @description The ETag of an earlier answer. When nothing has changed the answer is 304, without a body. */
        "If-None-Match": string;
        /** @description Orders of this user. */
        userId: string;
        /** @description Orders that have this status now. */
        status: "PENDING" | "CONFIRMED" | "FAILED";
        /** @description How many to answer at most. */
        limit: number;
        /** @description The nextCursor of the page before, with the same filter. */
        cursor: string;
        /**
         * @description As the catalogue names it, percent-encoded where a path needs it.
         * @example PROD-001
         */
        productId: string;
        /**
         * @description The first day of the report, of UTC.
         * @example 2026-03-01
         */
        from: string;
        /**
         * @description The day after its last, of UTC; at most 366 days after from.
         * @example 2026-04-01
         */
        to: string;
        /** @description What the orders are put together by; without it, by day. */
        groupBy: "day" | "month" | "product";
    };
    requestBodies: never;
    headers: {
        /** @description The order's path, below the API's URL. */
        Location: string;
        /** @description Changes with every change of the order; send it back as If-None-Match. */
        ETag: string;
        /** @description Who may keep the answer, and for how long. */
        "Cache-Control": string;
        /** @description `true` when the request repeated an earlier one and got its answer again. */
        "Idempotency-Replayed": "true";
        /** @description Seconds to wait before the next attempt. */
        "Retry-After": number;
        /** @description Orders that the tenant may place at once. */
        "RateLimit-Limit": number;
        /** @description Orders that the tenant may still place at once now. */
        "RateLimit-Remaining": number;
        /** @description Seconds until all of the limit is there again. */
        "RateLimit-Reset": number;
        /** @description Names the request in the service's logs and events. */
        "X-Correlation-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listOrders: {
        parameters: {
            query?: {
                /** @description Orders of this user. */
                userId?: components["parameters"]["userId"];
                /** @description Orders that have this status now. */
                status?: components["parameters"]["status"];
                /** @description How many to answer at most. */
                limit?: components["parameters"]["limit"];
                /** @description The nextCursor of the page before, with the same filter. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: {
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": [
                     *         {
                     *           "orderId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
                     *           "status": "CONFIRMED",
                     *           "totalAmount": 149.97,
                     *           "currency": "EUR",
                     *           "items": [
                     *             {
                     *               "productId": "PROD-001",
                     *               "name": "Wireless Mouse",
                     *               "qty": 2,
                     *               "unitPrice": 29.99,
                     *               "lineTotal": 59.98
                     *             },
                     *             {
                     *               "productId": "PROD-002",
                     *               "name": "Mechanical Keyboard",
                     *               "qty": 1,
                     *               "unitPrice": 89.99,
                     *               "lineTotal": 89.99
                     *             }
                     *           ],
                     *           "createdAt": "2026-03-01T09:30:00.000Z",
                     *           "userId": "user-42",
                     *           "stage": "CONFIRMED",
                     *           "payment": {
                     *             "status": "CAPTURED",
                     *             "amount": 149.97
                     *           },
                     *           "receiptKey": "receipts/2026/03/3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11.json",
                     *           "version": 4,
                     *           "updatedAt": "2026-03-01T09:30:00.412Z"
                     *         }
                     *       ],
                     *       "nextCursor": "WyIyMDI2LTAzLTAxVDA5OjMwOjAwLjAwMFoiLCIzZjBlOWE1Mi02ZjBlLTVjNTUtOWQzZS03YTNjOGYwYjhkMTEiLCJSV2gzM2lhQiJd"
                     *     }
                     */
                    "application/json": components["schemas"]["OrderList"];
                };
            };
            /** @description `invalid-request`: The request is not valid. */
            400: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unavailable`: The service cannot answer now. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    createOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller, one for each order: 1 to 255 visible ASCII characters. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Another name for Idempotency-Key. */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userId": "user-42",
                 *       "items": [
                 *         {
                 *           "productId": "PROD-001",
                 *           "qty": 2
                 *         },
                 *         {
                 *           "productId": "PROD-002",
                 *           "qty": 1
                 *         }
                 *       ],
                 *       "totalAmount": 149.97,
                 *       "customerEmail": "customer@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["PlaceOrderBody"];
            };
        };
        responses: {
            /** @description The order is accepted, or was when the same request came before. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orderId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
                     *       "status": "PENDING",
                     *       "totalAmount": 149.97,
                     *       "currency": "EUR",
                     *       "items": [
                     *         {
                     *           "productId": "PROD-001",
                     *           "name": "Wireless Mouse",
                     *           "qty": 2,
                     *           "unitPrice": 29.99,
                     *           "lineTotal": 59.98
                     *         },
                     *         {
                     *           "productId": "PROD-002",
                     *           "name": "Mechanical Keyboard",
                     *           "qty": 1,
                     *           "unitPrice": 89.99,
                     *           "lineTotal": 89.99
                     *         }
                     *       ],
                     *       "createdAt": "2026-03-01T09:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OrderAccepted"];
                };
            };
            /** @description `invalid-request`: The request is not valid. */
            400: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON. */
            415: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `unknown-product`: The order names unknown products.
             *
             *     `total-mismatch`: The total does not match the prices.
             *
             *     `idempotency-key-reused`: The idempotency key belongs to another order.
             */
            422: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `rate-limited`: The tenant places orders too fast.
             *
             *     `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `overloaded`: Too many orders are waiting.
             *
             *     `unavailable`: The service cannot answer now.
             */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of an earlier answer. When nothing has changed the answer is 304, without a body. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path: {
                /**
                 * @description As the service gave it.
                 * @example 3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11
                 */
                orderId: components["parameters"]["orderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orderId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
                     *       "status": "CONFIRMED",
                     *       "totalAmount": 149.97,
                     *       "currency": "EUR",
                     *       "items": [
                     *         {
                     *           "productId": "PROD-001",
                     *           "name": "Wireless Mouse",
                     *           "qty": 2,
                     *           "unitPrice": 29.99,
                     *           "lineTotal": 59.98
                     *         },
                     *         {
                     *           "productId": "PROD-002",
                     *           "name": "Mechanical Keyboard",
                     *           "qty": 1,
                     *           "unitPrice": 89.99,
                     *           "lineTotal": 89.99
                     *         }
                     *       ],
                     *       "createdAt": "2026-03-01T09:30:00.000Z",
                     *       "userId": "user-42",
                     *       "stage": "CONFIRMED",
                     *       "payment": {
                     *         "status": "CAPTURED",
                     *         "amount": 149.97
                     *       },
                     *       "receiptKey": "receipts/2026/03/3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11.json",
                     *       "version": 4,
                     *       "updatedAt": "2026-03-01T09:30:00.412Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OrderView"];
                };
            };
            /** @description Nothing has changed since the answer with that ETag. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `order-not-found`: There is no such order. */
            404: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unavailable`: The service cannot answer now. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getOrderEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path: {
                /**
                 * @description As the service gave it.
                 * @example 3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11
                 */
                orderId: components["parameters"]["orderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All events so far. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orderId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
                     *       "events": [
                     *         {
                     *           "eventId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11#1#OrderCreated",
                     *           "type": "OrderCreated",
                     *           "occurredAt": "2026-03-01T09:30:00.000Z",
                     *           "version": 1,
                     *           "detail": {
                     *             "eventId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11#1#OrderCreated",
                     *             "orderId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
                     *             "tenantId": "acme",
                     *             "userId": "user-42",
                     *             "correlationId": "b1946ac9-2a5e-4c55-9d3e-7a3c8f0b8d11",
                     *             "occurredAt": "2026-03-01T09:30:00.000Z",
                     *             "items": [
                     *               {
                     *                 "productId": "PROD-001",
                     *                 "name": "Wireless Mouse",
                     *                 "qty": 2,
                     *                 "unitPriceMinor": 2999
                     *               },
                     *               {
                     *                 "productId": "PROD-002",
                     *                 "name": "Mechanical Keyboard",
                     *                 "qty": 1,
                     *                 "unitPriceMinor": 8999
                     *               }
                     *             ],
                     *             "amountMinor": 14997,
                     *             "currency": "EUR",
                     *             "totalAmount": 149.97,
                     *             "itemCount": 3
                     *           }
                     *         },
                     *         {
                     *           "eventId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11#2#InventoryReserved",
                     *           "type": "InventoryReserved",
                     *           "occurredAt": "2026-03-01T09:30:00.134Z",
                     *           "version": 2,
                     *           "detail": {
                     *             "eventId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11#2#InventoryReserved",
                     *             "orderId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
                     *             "tenantId": "acme",
                     *             "userId": "user-42",
                     *             "correlationId": "b1946ac9-2a5e-4c55-9d3e-7a3c8f0b8d11",
                     *             "occurredAt": "2026-03-01T09:30:00.134Z",
                     *             "items": [
                     *               {
                     *                 "productId": "PROD-001",
                     *                 "qty": 2
                     *               },
                     *               {
                     *                 "productId": "PROD-002",
                     *                 "qty": 1
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         {
                     *           "eventId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11#3#PaymentProcessed",
                     *           "type": "PaymentProcessed",
                     *           "occurredAt": "2026-03-01T09:30:00.271Z",
                     *           "version": 3,
                     *           "detail": {
                     *             "eventId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11#3#PaymentProcessed",
                     *             "orderId": "3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
                     *             "tenantId": "acme",
                     *             "userId": "user-42",
                     *             "correlationId": "b1946ac9-2a5e-4c55-9d3e-7a3c8f0b8d11",
                     *             "occurredAt": "2026-03-01T09:30:00.271Z",
                     *             "transactionId": "txn_8f2c51",
                     *             "amount": 149.97,
                     *             "currency": "EUR"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrderTrail"];
                };
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `order-not-found`: There is no such order. */
            404: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unavailable`: The service cannot answer now. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description How many to answer at most. */
                limit?: components["parameters"]["limit"];
                /** @description The nextCursor of the page before, with the same filter. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: {
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "products": [
                     *         {
                     *           "productId": "PROD-001",
                     *           "name": "Wireless Mouse",
                     *           "price": 29.99,
                     *           "currency": "EUR",
                     *           "category": "Accessories",
                     *           "inStock": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            /** @description `invalid-request`: The request is not valid. */
            400: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unavailable`: The service cannot answer now. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path: {
                /**
                 * @description As the catalogue names it, percent-encoded where a path needs it.
                 * @example PROD-001
                 */
                productId: components["parameters"]["productId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "productId": "PROD-001",
                     *       "name": "Wireless Mouse",
                     *       "price": 29.99,
                     *       "currency": "EUR",
                     *       "category": "Accessories",
                     *       "inStock": true
                     *     }
                     */
                    "application/json": components["schemas"]["ProductView"];
                };
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `product-not-found`: There is no such product. */
            404: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unavailable`: The service cannot answer now. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    reportOrders: {
        parameters: {
            query: {
                /**
                 * @description The first day of the report, of UTC.
                 * @example 2026-03-01
                 */
                from: components["parameters"]["from"];
                /**
                 * @description The day after its last, of UTC; at most 366 days after from.
                 * @example 2026-04-01
                 */
                to: components["parameters"]["to"];
                /** @description What the orders are put together by; without it, by day. */
                groupBy?: components["parameters"]["groupBy"];
            };
            header?: {
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-03-01",
                     *       "to": "2026-04-01",
                     *       "groupBy": "month",
                     *       "currency": "EUR",
                     *       "groups": [
                     *         {
                     *           "group": "2026-03",
                     *           "orders": 120,
                     *           "confirmed": 97,
                     *           "failed": 23,
                     *           "units": 201,
                     *           "revenue": 10482.13
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrdersReport"];
                };
            };
            /** @description `invalid-request`: The request is not valid. */
            400: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unavailable`: The service cannot answer now. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    getRateLimit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names the request in logs and events; made up when absent or unusable. */
                "X-Correlation-Id"?: components["parameters"]["X-Correlation-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant's limit. */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "limit": 100,
                     *       "remaining": 97,
                     *       "resetSeconds": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RateLimitView"];
                };
            };
            /**
             * @description `unknown-caller`: The caller is not known.
             *
             *     `forbidden`: The request is forbidden.
             */
            403: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /**
             * @description `too-many-requests`: Too many requests.
             *
             *     `quota-exceeded`: The quota is used up.
             */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            500: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `internal-fault`: The service failed. */
            502: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `unavailable`: The service cannot answer now. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `no-answer`: The service did not answer in time. */
            504: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API is there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON. */
            415: {
                headers: {
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
            /** @description `too-many-requests`: Too many requests. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-Correlation-Id": components["headers"]["X-Correlation-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemBody"];
                };
            };
        };
    };
}
