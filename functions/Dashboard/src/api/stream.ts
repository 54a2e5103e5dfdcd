import { headers, locked } from "./client";

export type Message = { type: string; data: unknown };

const firstWait = 1000;
const longestWait = 15000;

/**
 * Reads the host's server-sent events until it is aborted, and connects again when the stream breaks. By fetch, since an EventSource cannot
 * carry a key.
 */
export async function follow(onMessage: (message: Message) => void, onState: (live: boolean) => void, signal: AbortSignal): Promise<void> {
  for (let wait = firstWait; !signal.aborted; wait = Math.min(wait * 2, longestWait)) {
    try {
      const response = await fetch("/api/v1/stream", { headers: headers(), signal });
      if (response.status === 401) locked.value = true;
      if (response.ok && response.body) {
        onState(true);
        wait = firstWait;
        await read(response.body, onMessage);
      }
    } catch {
      // The host is gone, or the network is: we come back.
    }
    onState(false);
    if (locked.value || signal.aborted) return;
    await new Promise(resolve => setTimeout(resolve, wait));
  }
}

async function read(body: ReadableStream<Uint8Array>, onMessage: (message: Message) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) parse(block, onMessage);
  }
}

/** One event: lines `event: …` and `data: …` (HTML standard, section 9.2.6). */
export function parse(block: string, onMessage: (message: Message) => void): void {
  let type = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) type = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  if (data.length) onMessage({ type, data: JSON.parse(data.join("\n")) });
}
