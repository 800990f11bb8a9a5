/** node scripts/contract-report.ts DIR: adds up the contract reports that the test processes left in DIR. */
import { formatReport, mergeReports, readReports } from "#sandbox/contract/report";

const [directory] = process.argv.slice(2);
if (!directory) throw new Error("Usage: node scripts/contract-report.ts DIR");
const reports = readReports(directory);
const total = mergeReports(reports);
console.log(formatReport(total));
// A folder without reports means that nothing was checked, which is no pass.
if (reports.length === 0 || total.breaches.length > 0) process.exitCode = 1;
