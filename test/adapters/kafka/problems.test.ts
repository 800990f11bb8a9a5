import { describe, expect, test } from "vitest";
import { explained, isPassing } from "#adapters/kafka/problems";
import { checkTls } from "#adapters/kafka/tls";
import { UserError } from "#core/errors";

const PLACE = { brokers: ["b1:9093", "b2:9093"], topic: "clicks", group: "tidemark" };

const failed = (code: string | undefined, message: string) =>
  Object.assign(new Error("retries exceeded"), {
    name: "KafkaJSNumberOfRetriesExceeded",
    cause: Object.assign(new Error(`Connection error: ${message}`), { name: "KafkaJSConnectionError", code }),
  });

describe("a connection that failed", () => {
  test.each([
    ["CERT_HAS_EXPIRED", "certificate has expired", "STREAM_UNTRUSTED", "is not trusted (certificate has expired)"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify", "STREAM_UNTRUSTED", "is not trusted (unable to verify)"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "0A00010B:SSL routines", "STREAM_UNAVAILABLE", "do not speak TLS"],
    [
      "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
      "4C7F:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../ssl/rec_layer_s3.c:918:",
      "STREAM_REFUSED",
      "(alert certificate required)",
    ],
  ])("for good is not tried again (%s)", (given, message, code, part) => {
    const error = failed(given, message);
    expect(isPassing(error)).toBe(false);
    expect(explained(error, PLACE)).toMatchObject({ code, problem: expect.stringContaining(part), cause: error });
  });

  test.each(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", undefined])("for now is (%s)", (code) => {
    const error = failed(code, "away");
    expect(isPassing(error)).toBe(true);
    expect(explained(error, PLACE)).toMatchObject({ code: "STREAM_UNAVAILABLE" });
  });
});

describe("files for TLS", () => {
  const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

  test.each([
    ["an authority that is no certificate", { ca: "/etc/ssl/ca.pem" }],
    ["a certificate that is none", { cert: "x", key: "y" }],
    ["a certificate without its key", { cert: certificate }],
    ["a key without its certificate", { key: "y" }],
    ["a damaged certificate", { cert: certificate, key: "y" }],
  ])("are refused before anything is sent: %s", (_, files) => {
    const check = () => checkTls(files);
    expect(check).toThrow(UserError);
    expect(check).toThrow(expect.objectContaining({ code: "TLS_FILES_MALFORMED" }));
  });
});
