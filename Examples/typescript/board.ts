// Reads the board, raises an alert and listens, with the types that `ward typescript` prints and any tRPC 11 client.
import type { Alert, WardClient, WardInput, WardRoutes } from "./ward";

export async function board(ward: WardClient): Promise<string[]> {
  const page = await ward.alerts.list.query({ limit: 50, status: ["active"], sortBy: "createdAt" });
  return page.items.map((alert: Alert) => `${alert.roomNumber}: ${alert.title} (${alert.urgencyLevel})`);
}

export async function rooms(ward: WardClient): Promise<string[]> {
  const page = await ward.healthcare.getActiveAlerts.query({ fields: ["id", "roomNumber"] });
  return page.items.map((alert) => alert.roomNumber);
}

export async function raise(ward: WardClient, roomNumber: string): Promise<Alert> {
  const input: WardInput<"alerts", "create"> = { roomNumber, alertType: "medical", urgencyLevel: 5 };
  return ward.alerts.create.mutate(input);
}

export function listen(ward: WardClient, hear: (alert: unknown) => void): () => void {
  const subscription = ward.alerts.onEvent.subscribe(
    { hospitalId: null },
    { onData: ({ id, data }) => hear({ id, type: data.type, alert: data.data }) },
  );
  return () => subscription.unsubscribe();
}

export async function names(ward: WardClient): Promise<string[]> {
  const found = await ward.users.getAll.query({ search: "vera", role: "nurse" });
  const pages: number = found.totalPages;
  return pages > 0 ? found.users.map((user) => user.name) : [];
}

export async function whoAmI(ward: WardClient): Promise<string> {
  const session = await ward.auth.getSession.query();
  const types = await ward.alerts.getTypes.query();
  return `${session.user?.name ?? "a screen"}, ${types.page.total} types`;
}

/** The same over REST. */
export async function get(base: string, token: string, alertId: string): Promise<Alert> {
  type Answer = WardRoutes["GET /api/v1/alerts/{alertId}"]["answer"];
  const answer = await fetch(`${base}/api/v1/alerts/${alertId}`, { headers: { Authorization: `Bearer ${token}` } });
  return ((await answer.json()) as Answer).data;
}
