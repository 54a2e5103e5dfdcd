export interface Message { type: string; data: unknown }

/** One event: lines `event: …` and `data: …` (HTML standard, section 9.2.6); null for a comment. */
export function parseEvent(block: string): Message | null {
  let type = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) type = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  return data.length ? { type, data: JSON.parse(data.join("\n")) as unknown } : null;
}

/** Cuts what has come so far into whole events and the rest. */
export function cutEvents(text: string): { blocks: string[]; rest: string } {
  const blocks = text.replace(/\r\n/g, "\n").split("\n\n");
  return { rest: blocks.pop()!, blocks };
}
