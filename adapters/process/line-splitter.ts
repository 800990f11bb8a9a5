import { StringDecoder } from "node:string_decoder";

/** A longer line is cut: logs are for people, and a program that prints without line ends must not fill our memory. */
const MAX_LINE_LENGTH = 64 * 1024;
const CUT = " … (line cut)";

export interface LineSplitter {
  push(chunk: Buffer): void;
  end(): void;
}

/** Gives out every line without its end, the last one also when its end is missing. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let cut = false;
  const emit = () => {
    onLine(cut ? rest + CUT : rest.replace(/\r$/, ""));
    rest = "";
    cut = false;
  };
  const add = (text: string) => {
    const room = MAX_LINE_LENGTH - rest.length;
    cut ||= text.length > room;
    rest += text.slice(0, room);
  };
  const take = (text: string) => {
    const parts = text.split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      add(part);
      emit();
    }
    add(last);
  };
  return {
    push: (chunk) => take(decoder.write(chunk)),
    end: () => {
      take(decoder.end());
      if (rest !== "") emit();
    },
  };
}
