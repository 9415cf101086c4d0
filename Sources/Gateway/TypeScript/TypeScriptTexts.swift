/// The parts of the TypeScript types that do not depend on the registry.
enum TypeScriptTexts {
  static let head = """
    /* Ward's API. Printed by `ward typescript`; not to be edited by hand. */

    /** Which part of a list an answer holds; `next` is the cursor of what follows. */
    export interface PageInfo {
      total: number;
      limit: number;
      offset: number;
      next: string | null;
    }

    export interface Page<Item> {
      items: Item[];
      page: PageInfo;
    }

    /** What a failed REST call answers. */
    export interface WardError {
      error: string;
      code: string;
      details: {
        fields?: Array<{ path: string; message: string; rule: string }>;
        requiredPermission?: string;
        userPermissions?: string[];
        [name: string]: unknown;
      };
    }

    """

  static let client = """
    export type WardRouter = keyof WardProcedures;

    /** The input of a procedure: `WardInput<"alerts", "create">`. */
    export type WardInput<R extends WardRouter, P extends keyof WardProcedures[R]> =
      WardProcedures[R][P] extends { input: infer Input } ? Input : never;

    /** The output of a procedure. */
    export type WardOutput<R extends WardRouter, P extends keyof WardProcedures[R]> =
      WardProcedures[R][P] extends { output: infer Output } ? Output : never;

    /** With `fields` in the input, items have these fields only. */
    type Narrowed<Output, Input> = Input extends { fields: ReadonlyArray<infer Name> }
      ? Output extends Page<infer Item>
        ? Page<Pick<Item, Name & keyof Item>>
        : Output extends { users: Array<infer Item> }
          ? Omit<Output, "users"> & { users: Array<Pick<Item, Name & keyof Item>> }
          : Output
      : Output;

    type Call<P> = P extends { type: "query"; input: infer Input; output: infer Output }
      ? { query<I extends Input>(...input: void extends Input ? [input?: I] : [input: I]): Promise<Narrowed<Output, I>> }
      : P extends { type: "mutation"; input: infer Input; output: infer Output }
        ? { mutate(...input: void extends Input ? [input?: Input] : [input: Input]): Promise<Output> }
        : P extends { type: "subscription"; input: infer Input; output: infer Output }
          ? {
              subscribe(
                input: Input,
                callbacks: { onData(message: Output): void; onError?(error: unknown): void; onComplete?(): void },
              ): { unsubscribe(): void };
            }
          : never;

    /** A client of `/api/trpc`; `createTRPCClient` of @trpc/client 11 makes one: `createTRPCClient(…) as unknown as WardClient`. */
    export type WardClient = { [R in WardRouter]: { [P in keyof WardProcedures[R]]: Call<WardProcedures[R][P]> } };

    """
}
