/**
 * machine-id(5) asks that the id itself is shown to nobody: whoever has it can tell the machine in other places. What
 * may be shown is a hash keyed by it, one per application. This is the same construction as systemd's
 * sd_id128_get_machine_app_specific().
 */
import { createHmac } from 'node:crypto';

/** This application, once and for all; drawn at random. Changing it changes every machine's derived id. */
export const applicationId = 'b7d2c1f04e8a4a61927f5f0c9d3ae86b';

/** The id other parties may see, or nothing when `machineId` is no machine id. */
export function deriveMachineId(machineId: string, application = applicationId): string | undefined {
  const text = machineId.trim().toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(text) || /^0{32}$/.test(text)) return undefined;
  const hash = createHmac('sha256', Buffer.from(text, 'hex')).update(Buffer.from(application, 'hex')).digest();
  const id = hash.subarray(0, 16);
  // The shape of a random UUID (RFC 9562, version 4), as systemd makes it.
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x40, 6);
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8);
  return id.toString('hex');
}
