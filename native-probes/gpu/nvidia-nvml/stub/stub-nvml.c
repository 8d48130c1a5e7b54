/*
 * A library that answers like libnvidia-ml.so.1 for the machine of ffi/stub/eight-h100.h. Compiled once per scene by the
 * tests:
 *   cc -shared -fPIC -DSCENE=HEALTHY -I native-probes/ffi/stub -o healthy.so stub-nvml.c
 */
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include "eight-h100.h"

#define HEALTHY 0   /* eight GPUs, all answer */
#define LOST 1      /* number 3 has no handle, number 5 is lost in the middle of its answers */
#define HANGING 2   /* nvmlDeviceGetSerial of number 6 never returns */
#define FAULT 3     /* nvmlDeviceGetPowerUsage of number 2 reads address 0 */
#define MISMATCH 4  /* nvmlInit answers that driver and library are of two versions */
#define OVERRUN 5   /* nvmlDeviceGetPciInfo writes past the layout of today's header */
#define GARBLED 6   /* names that are no UTF-8, memory that cannot be */
#define DENIED 7    /* nvmlInit answers that this user may not */
#define OLD 8       /* a driver that lacks the newer functions */
#define TROUBLED 9  /* number 1 lost a link and waits for the fabric, 2 asks for a reset, 4 has memory errors; CC on */

typedef void *Device;

static int index_of(Device device) { return (int)((uintptr_t)device - 0x1000); }
static int text(char *out, unsigned length, const char *value) {
  if (strlen(value) + 1 > length) return 7;
  strcpy(out, value);
  return 0;
}

int nvmlInit_v2(void) {
#if SCENE == MISMATCH
  return 18;
#elif SCENE == DENIED
  return 4;
#else
  return 0;
#endif
}
int nvmlShutdown(void) { return 0; }
int nvmlDeviceGetCount_v2(uint32_t *count) { *count = 8; return 0; }
int nvmlDeviceGetHandleByIndex_v2(uint32_t index, Device *device) {
#if SCENE == LOST
  if (index == 3) return 15;
#endif
  *device = (Device)(uintptr_t)(0x1000 + index);
  return 0;
}
int nvmlSystemGetDriverVersion(char *out, unsigned length) { return text(out, length, "565.57.01"); }
int nvmlSystemGetNVMLVersion(char *out, unsigned length) { return text(out, length, "12.565.57.01"); }
int nvmlSystemGetCudaDriverVersion_v2(int *version) { *version = 12070; return 0; }

int nvmlDeviceGetPciInfo_v3(Device device, unsigned char *out) {
  uint32_t numbers[5] = {0, machine_buses[index_of(device)], 0, 0x233010DE, 0x16C110DE};
  memcpy(out + 16, numbers, sizeof numbers);
#if SCENE == OVERRUN
  memset(out + 68, 0, 8);
#endif
  return 0;
}
int nvmlDeviceGetName(Device device, char *out, unsigned length) {
  (void)device;
#if SCENE == GARBLED
  return text(out, length, "\xff\xfe\x1b[2JH100");
#else
  return text(out, length, (uintptr_t)device >= 0x2000 ? "NVIDIA H100 80GB HBM3 MIG 1g.10gb" : "NVIDIA H100 80GB HBM3");
#endif
}
int nvmlDeviceGetUUID(Device device, char *out, unsigned length) { return text(out, length, machine_uuids[index_of(device)]); }
int nvmlDeviceGetSerial(Device device, char *out, unsigned length) {
#if SCENE == HANGING
  if (index_of(device) == 6) for (;;) sleep(3600);
#endif
#if SCENE == LOST
  if (index_of(device) == 5) return 15;
#endif
  return text(out, length, machine_serials[index_of(device)]);
}
int nvmlDeviceGetBoardPartNumber(Device device, char *out, unsigned length) {
  (void)device;
  return text(out, length, "692-2G520-0200-000");
}
int nvmlDeviceGetVbiosVersion(Device device, char *out, unsigned length) {
  (void)device;
  return text(out, length, "96.00.74.00.01");
}
#if SCENE != OLD
/* NVLink: 18 links of 25 GB/s (26562 MB/s as the driver counts) to NVSwitch, as on a DGX H100. */
int nvmlDeviceGetNvLinkState(Device device, uint32_t link, uint32_t *active) {
  if (link >= 18) return 2;
  *active = 1;
#if SCENE == TROUBLED
  if (index_of(device) == 1 && link == 7) *active = 0;
#endif
  (void)device;
  return 0;
}
int nvmlDeviceGetNvLinkVersion(Device device, uint32_t link, uint32_t *version) {
  (void)device;
  (void)link;
  *version = 6;
  return 0;
}
int nvmlDeviceGetNvLinkRemoteDeviceType(Device device, uint32_t link, uint32_t *type) {
  (void)device;
  (void)link;
  *type = 2;
  return 0;
}
int nvmlDeviceGetTopologyCommonAncestor(Device one, Device other, uint32_t *level) {
  /* Four GPUs on each processor. */
  *level = index_of(one) / 4 == index_of(other) / 4 ? 40 : 50;
  return 0;
}
int nvmlDeviceGetGpuFabricInfoV(Device device, unsigned char *info) {
  uint32_t version, health = 2, clique = 0;
  memcpy(&version, info, 4);
  if (version != (36u | 2u << 24)) return 25;
  memset(info + 4, 0, 16);
  info[28] = 3;
#if SCENE == TROUBLED
  if (index_of(device) == 1) info[28] = 2;
#endif
  (void)device;
  memcpy(info + 24, &clique, 4);
  memcpy(info + 32, &health, 4);
  memset(info + 20, 0, 4);
  return 0;
}
int nvmlDeviceGetPlatformInfo(Device device, unsigned char *info) {
  uint32_t version;
  memcpy(&version, info, 4);
  if (version != (44u | 2u << 24)) return 25;
  memset(info + 4, 0, 40);
  memcpy(info + 20, "1820325191", 10);
  info[36] = 3;
  info[37] = 1;
  info[40] = (unsigned char)(index_of(device) + 1);
  return 0;
}
int nvmlDeviceGetFieldValues(Device device, int count, unsigned char *values) {
  for (int at = 0; at < count; at++) {
    unsigned char *entry = values + 40 * at;
    uint32_t field, type = 1, code = 0;
    uint64_t value = 0;
    memcpy(&field, entry, 4);
    switch (field) {
      case 82: value = 45; break;
      case 90: value = 26562; break;
      case 91: value = 18; break;
      case 161: value = 3; type = 3; break;
      case 162: type = 3; break;
      case 163: type = 3; break;
      case 185: value = 99500; break;
      case 230: value = 0; break;
      default: code = 3;
    }
#if SCENE == TROUBLED
    if (field == 230 && index_of(device) == 2) value = 1;
#endif
    (void)device;
    memcpy(entry + 24, &type, 4);
    memcpy(entry + 28, &code, 4);
    memcpy(entry + 32, &value, 8);
  }
  return 0;
}
int nvmlDeviceGetGspFirmwareVersion(Device device, char *version) {
  (void)device;
  strcpy(version, "565.57.01");
  return 0;
}
int nvmlSystemGetConfComputeCapabilities(uint32_t *able) { able[0] = 1; able[1] = 1; return 0; }
int nvmlSystemGetConfComputeState(uint32_t *state) {
  state[0] = 0;
  state[1] = SCENE == TROUBLED;
  state[2] = 0;
  return 0;
}
int nvmlDeviceGetRowRemapperHistogram(Device device, uint32_t *banks) {
  (void)device;
  uint32_t values[5] = {639, 1, 0, 0, 0};
  memcpy(banks, values, sizeof values);
  return 0;
}
int nvmlDeviceGetAttributes_v2(Device device, unsigned char *parts) {
  uint32_t multiprocessors = 16;
  uint64_t memory = 9984;
  (void)device;
  memset(parts, 0, 40);
  memcpy(parts, &multiprocessors, 4);
  memcpy(parts + 32, &memory, 8);
  return 0;
}
int nvmlDeviceGetMemoryInfo_v2(Device device, unsigned char *memory) {
  (void)device;
  uint32_t version;
  memcpy(&version, memory, 4);
  if (version != (40u | 2u << 24)) return 25;
  uint64_t figures[4] = {81559ull << 20, 551ull << 20, 81007ull << 20, 1ull << 20};
#if SCENE == GARBLED
  figures[0] = ~0ull;
#endif
  memcpy(memory + 8, figures, sizeof figures);
  return 0;
}
int nvmlDeviceGetPdi(Device device, unsigned char *pdi) {
  uint32_t version;
  memcpy(&version, pdi, 4);
  if (version != (16u | 1u << 24)) return 25;
  uint64_t value = 0x1122334455667700ull + (uint64_t)index_of(device);
  memcpy(pdi + 8, &value, 8);
  return 0;
}
#endif
int nvmlDeviceGetMemoryInfo(Device device, uint64_t *memory) {
  (void)device;
  memory[0] = 81559ull << 20;
  memory[1] = 81007ull << 20;
  memory[2] = 552ull << 20;
  return 0;
}
int nvmlDeviceGetEccMode(Device device, uint32_t *now, uint32_t *next) { (void)device; *now = *next = 1; return 0; }
int nvmlDeviceGetMigMode(Device device, uint32_t *now, uint32_t *next) {
  *now = *next = index_of(device) == 7;
  return 0;
}
int nvmlDeviceGetMaxMigDeviceCount(Device device, uint32_t *count) { (void)device; *count = 7; return 0; }
int nvmlDeviceGetMigDeviceHandleByIndex(Device device, uint32_t index, Device *instance) {
  *instance = (Device)((uintptr_t)device + 0x1000);
  return index < 3 ? 0 : 6;
}
int nvmlDeviceGetCudaComputeCapability(Device device, int *major, int *minor) {
  (void)device;
  *major = 9;
  *minor = 0;
  return 0;
}
int nvmlDeviceGetArchitecture(Device device, uint32_t *out) { (void)device; *out = 9; return 0; }
int nvmlDeviceGetComputeMode(Device device, uint32_t *out) { (void)device; *out = 0; return 0; }
int nvmlDeviceGetMultiGpuBoard(Device device, uint32_t *out) { (void)device; *out = 0; return 0; }
int nvmlDeviceGetMinorNumber(Device device, uint32_t *out) { *out = (uint32_t)index_of(device); return 0; }
int nvmlDeviceGetPersistenceMode(Device device, uint32_t *out) { (void)device; *out = 1; return 0; }
int nvmlDeviceGetPerformanceState(Device device, uint32_t *out) { (void)device; *out = 0; return 0; }
int nvmlDeviceGetCurrentClocksThrottleReasons(Device device, uint64_t *out) { (void)device; *out = 0x5; return 0; }
int nvmlDeviceGetPowerUsage(Device device, uint32_t *out) {
#if SCENE == FAULT
  if (index_of(device) == 2) *out = *(volatile uint32_t *)0;
#endif
  (void)device;
  *out = 100890;
  return 0;
}
int nvmlDeviceGetPowerManagementLimit(Device device, uint32_t *out) { (void)device; *out = 700000; return 0; }
int nvmlDeviceGetPowerManagementDefaultLimit(Device device, uint32_t *out) { (void)device; *out = 700000; return 0; }
int nvmlDeviceGetPowerManagementLimitConstraints(Device device, uint32_t *low, uint32_t *high) {
  (void)device;
  *low = 200000;
  *high = 700000;
  return 0;
}
int nvmlDeviceGetMaxClockInfo(Device device, uint32_t kind, uint32_t *out) {
  (void)device;
  *out = kind == 2 ? 2619 : 1980;
  return 0;
}
int nvmlDeviceGetTemperature(Device device, uint32_t sensor, uint32_t *out) {
  (void)device;
  (void)sensor;
  *out = 30;
  return 0;
}
int nvmlDeviceGetFanSpeed(Device device, uint32_t *out) { (void)device; (void)out; return 3; }
int nvmlDeviceGetCurrPcieLinkGeneration(Device device, uint32_t *out) { (void)device; *out = 5; return 0; }
int nvmlDeviceGetMaxPcieLinkGeneration(Device device, uint32_t *out) { (void)device; *out = 5; return 0; }
int nvmlDeviceGetCurrPcieLinkWidth(Device device, uint32_t *out) { (void)device; *out = 16; return 0; }
int nvmlDeviceGetMaxPcieLinkWidth(Device device, uint32_t *out) { (void)device; *out = 0xffffffffu; return 0; }
int nvmlDeviceGetTotalEnergyConsumption(Device device, uint64_t *out) { (void)device; *out = 123456789; return 0; }
int nvmlDeviceGetTotalEccErrors(Device device, uint32_t kind, uint32_t counter, uint64_t *out) {
  (void)device;
  *out = counter == 1 && kind == 0 ? 12 : 0;
#if SCENE == TROUBLED
  if (counter == 0 && kind == 1 && index_of(device) == 4) *out = 2;
#endif
  return 0;
}
int nvmlDeviceGetRetiredPages(Device device, uint32_t cause, uint32_t *count, uint64_t *addresses) {
  (void)device;
  (void)addresses;
  *count = cause == 0 ? 2 : 0;
  return cause == 0 ? 7 : 0;
}
int nvmlDeviceGetRemappedRows(Device device, uint32_t *fixed, uint32_t *bad, uint32_t *pending, uint32_t *failed) {
  *fixed = 1;
  *bad = 0;
  *pending = index_of(device) == 1;
  *failed = 0;
  return 0;
}
