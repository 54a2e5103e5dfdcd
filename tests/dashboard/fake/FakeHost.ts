import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DeviceState, Incident, Notification, OutboxEntry, Overview, Suppression, TimelineEntry } from "../../../functions/Dashboard/src/api/types";
import { answer, Refusal } from "./answers";
import { at, devicesOf, incidentsOf, notificationsOf, outboxOf, suppressionsOf, threshold } from "./data";
import { sendFile } from "./files";

export interface FakeOptions { devices?: number; incidents?: number; key?: string; outbox?: boolean; calm?: boolean; attacksInHistory?: string[] }

/** A host with a ward of its own that answers as the contract says, from memory; the same in every run. */
export class FakeHost {
  readonly devices: DeviceState[];
  readonly incidents: Incident[];
  readonly suppressions: Suppression[];
  readonly notifications: Notification[];
  readonly outbox: OutboxEntry[] | null;
  readonly notes = new Map<string, TimelineEntry[]>();
  /** Each request of a page: `POST /incidents/i-1/close`. */
  readonly requests: string[] = [];
  /** Paths that answer 503. */
  readonly broken = new Set<string>();
  private readonly server: Server;
  private readonly streams = new Set<ServerResponse>();

  constructor(readonly options: FakeOptions = {}) {
    this.devices = devicesOf(options.devices ?? 24);
    this.incidents = options.calm ? [] : incidentsOf(options.incidents ?? 60, this.devices);
    this.suppressions = options.calm ? [] : suppressionsOf(this.devices);
    this.notifications = notificationsOf(this.incidents);
    this.outbox = options.outbox === false ? null : outboxOf(this.incidents);
    this.server = createServer((request, response) => { void this.handle(request, response); });
  }

  async start(port = 0): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(port, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** Breaks every stream, as a network does. */
  cut(): void {
    for (const stream of this.streams) stream.destroy();
    this.streams.clear();
  }

  tell(type: string, data: unknown): void { for (const stream of this.streams) send(stream, type, data); }

  /** Puts an incident into the record, and tells of it. */
  change(incident: Incident): Incident {
    const n = this.incidents.findIndex(i => i.id === incident.id);
    if (n < 0) this.incidents.unshift(incident); else this.incidents[n] = incident;
    this.tell("incident", incident);
    this.tell("overview", this.overview());
    return incident;
  }

  overview(): Overview {
    const open = this.incidents.filter(i => !i.closedAt);
    const of = (state: string, ward: string) => this.devices.filter(d => d.device.ward === ward && d.state === state).length;
    return {
      clock: at(0), activity: "watching the simulated ward", watching: true, threshold, packets: 1_747_648, packetsPerSecond: 4213, devices: this.devices.length,
      open: { Low: 0, Medium: 0, High: 0, Critical: 0, ...Object.fromEntries(["Low", "Medium", "High", "Critical"].map(s => [s, open.filter(i => i.severity === s).length])) },
      wards: [...new Set(this.devices.map(d => d.device.ward))].sort().map(ward => ({ ward, devices: this.devices.filter(d => d.device.ward === ward).length, strange: of("Strange", ward), silent: of("Silent", ward), incident: of("Incident", ward) })),
      notifications: { waiting: this.notifications.filter(n => n.state === "Waiting").length, failed: this.notifications.filter(n => n.state === "Failed").length },
    };
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, "http://host");
    response.setHeader("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'");
    if (!url.pathname.startsWith("/api/v1")) return sendFile(url.pathname, response);
    const path = url.pathname.slice("/api/v1".length);
    this.requests.push(`${request.method} ${path}${url.search}`);
    try {
      if (this.options.key && request.headers.authorization !== `Bearer ${this.options.key}`) throw new Refusal(401, "a key is needed");
      if (this.broken.has(path)) throw new Refusal(503, "The record does not answer.");
      if (path === "/stream") return this.stream(response);
      const body = request.method === "POST" ? JSON.parse(await text(request) || "{}") as Record<string, unknown> : {};
      const { status = 200, value, headers = {} } = answer(this, request.method!, path, url.searchParams, body, request.headers["if-match"]);
      response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(value));
    } catch (error) {
      const [status, detail] = error instanceof Refusal ? [error.status, error.message] : [500, String(error)];
      response.writeHead(status, { "Content-Type": "application/problem+json" }).end(JSON.stringify({ type: "about:blank", title: "Refused", status, detail }));
    }
  }

  private stream(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
    this.streams.add(response);
    response.on("close", () => this.streams.delete(response));
    send(response, "overview", this.overview());
    for (let n = 0; n < this.devices.length; n += 500) send(response, "devices", { items: this.devices.slice(n, n + 500) });
    for (const incident of this.incidents.filter(i => !i.closedAt).slice(0, 50).reverse()) send(response, "incident", incident);
  }
}

const send = (stream: ServerResponse, type: string, data: unknown): boolean => stream.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);

async function text(request: IncomingMessage): Promise<string> {
  let whole = "";
  for await (const chunk of request) whole += String(chunk);
  return whole;
}
