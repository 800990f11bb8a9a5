/** This machine as DuckDB's packages name it, such as linux-x64-musl. */
export function bindingPlatform(): string {
  const plain = `${process.platform}-${process.arch}`;
  return process.platform === "linux" && !hasGlibc() ? `${plain}-musl` : plain;
}

/** Node's report names the version of glibc it runs on; on musl there is none. */
function hasGlibc(): boolean {
  const report: unknown = process.report.getReport();
  const header = typeof report === "object" && report !== null && "header" in report ? report.header : undefined;
  return typeof header === "object" && header !== null && "glibcVersionRuntime" in header;
}
