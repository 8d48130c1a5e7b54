/*
 * A stand-in for NVIDIA's libcuda.so.1, for tests only: the functions that the benchmarks call, over ordinary memory and
 * with a clock of its own (8e9 bytes a second within the device, 2e9 over the link). One fault can be compiled in:
 *   -DINIT=n       cuInit answers n
 *   -DMEMORY=n     bytes that are free, instead of 64 MiB
 *   -DOOM          allocations are refused
 *   -DCOPY=n       copies answer n from the fourth on
 *   -DCORRUPT      copies within the device and to it flip a bit in the last byte
 *   -DHANG         waiting for an event never ends
 *   -DOLD          cuMemHostAlloc is missing
 *   -DEIGHT        eight H100 (ffi/stub/eight-h100.h) instead of one device, for discovery
 *   -DSLICED=n     number n of the eight is split: CUDA sees one instance of it
 *   -DSPOOFED=n    number n of the eight says that it is another one, with fewer multiprocessors
 *   -DSTUCK        cuInit never returns
 * stub_live() says how many contexts, allocations and events are not given back.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef INIT
#define INIT 0
#endif
#ifndef MEMORY
#define MEMORY (64u << 20)
#endif

typedef int CUresult;
static int live;
static double clock_ms;
static int copies;

int stub_live(void) { return live; }

#ifdef EIGHT
#include <stdio.h>
#include "eight-h100.h"
#ifndef SLICED
#define SLICED -1
#endif
#ifndef SPOOFED
#define SPOOFED -1
#endif
static int known(int device) { return device >= 0 && device < MACHINE_GPUS; }
CUresult cuDeviceGetCount(int *count) { *count = MACHINE_GPUS; return 0; }
CUresult cuDeviceGet(int *device, int ordinal) { *device = ordinal; return known(ordinal) ? 0 : 101; }
CUresult cuDeviceGetUuid_v2(unsigned char *uuid, int device) {
  const char *text = machine_uuids[device == SPOOFED ? (device + 1) % MACHINE_GPUS : device] + 4;
  for (int at = 0; at < 16; at++) {
    unsigned value;
    if (*text == '-') text++;
    sscanf(text, "%2x", &value);
    uuid[at] = device == SLICED ? value ^ 0xff : value;
    text += 2;
  }
  return known(device) ? 0 : 101;
}
CUresult cuDeviceGetPCIBusId(char *text, int length, int device) {
  snprintf(text, length, "0000:%02X:00.0", machine_buses[device]);
  return known(device) ? 0 : 101;
}
CUresult cuDeviceTotalMem_v2(size_t *bytes, int device) {
  *bytes = device == SLICED ? 9856ull << 20 : 81008ull << 20;
  return known(device) ? 0 : 101;
}
#else
static int known(int device) { return device == 3; }
#endif

CUresult cuInit(unsigned flags) {
#ifdef STUCK
  for (;;) sleep(3600);
#endif
  return flags ? 1 : INIT;
}
CUresult cuDriverGetVersion(int *version) { *version = 12080; return 0; }
CUresult cuDeviceGetByPCIBusId(int *device, const char *address) {
  if (strcmp(address, "0000:01:00.0")) return 101;
  *device = 3;
  return 0;
}
CUresult cuDevicePrimaryCtxRetain(void **context, int device) { *context = &live; live++; return known(device) ? 0 : 101; }
CUresult cuDevicePrimaryCtxRelease_v2(int device) { live--; return known(device) ? 0 : 101; }
CUresult cuCtxSetCurrent(void *context) { return context == (void *)&live ? 0 : 201; }
CUresult cuDeviceGetName(char *name, int length, int device) {
#ifdef EIGHT
  strncpy(name, device == SLICED ? "NVIDIA H100 80GB HBM3 MIG 1g.10gb" : "NVIDIA H100 80GB HBM3", length);
#else
  strncpy(name, "Stub GPU", length);
#endif
  return known(device) ? 0 : 101;
}
CUresult cuDeviceGetAttribute(int *value, int attribute, int device) {
  switch (attribute) {
    case 13: *value = 1980000; break;
    case 16: *value = 132; break;
    case 18: *value = 0; break;
    case 32: *value = 1; break;
    case 36: *value = 2619000; break;
    case 37: *value = 5120; break;
#ifdef EIGHT
    case 38: *value = 50 << 20; break;
#else
    case 38: *value = 1 << 20; break;
#endif
    case 75: *value = 9; break;
    case 76: *value = 0; break;
    default: return 1;
  }
#ifdef EIGHT
  if (device == SPOOFED && attribute == 16) *value = 108;
#endif
  return known(device) ? 0 : 101;
}
CUresult cuMemGetInfo_v2(size_t *available, size_t *total) { *available = MEMORY; *total = 1u << 30; return 0; }

static CUresult take(void **pointer, size_t bytes) {
#ifdef OOM
  (void)pointer; (void)bytes;
  return 2;
#else
  *pointer = calloc(1, bytes);
  if (!*pointer) return 2;
  live++;
  return 0;
#endif
}
CUresult cuMemAlloc_v2(uint64_t *pointer, size_t bytes) { return take((void **)pointer, bytes); }
CUresult cuMemFree_v2(uint64_t pointer) { free((void *)pointer); live--; return 0; }
#ifndef OLD
CUresult cuMemHostAlloc(void **pointer, size_t bytes, unsigned flags) { (void)flags; return take(pointer, bytes); }
#endif
CUresult cuMemFreeHost(void *pointer) { free(pointer); live--; return 0; }
CUresult cuMemsetD32_v2(uint64_t pointer, unsigned word, size_t words) {
  for (size_t at = 0; at < words; at++) ((uint32_t *)pointer)[at] = word;
  return 0;
}

static CUresult copy(void *to, const void *from, size_t bytes, double milliseconds, int corrupt) {
#ifdef COPY
  if (++copies > 3) return COPY;
#else
  copies++;
#endif
  memcpy(to, from, bytes);
#ifdef CORRUPT
  if (corrupt) ((unsigned char *)to)[bytes - 1] ^= 1;
#else
  (void)corrupt;
#endif
  clock_ms += milliseconds;
  return 0;
}
CUresult cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, void *stream) {
  (void)stream;
  return copy((void *)to, (void *)from, bytes, 2 * bytes / 8e6, 1);
}
CUresult cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, void *stream) {
  (void)stream;
  return copy((void *)to, from, bytes, bytes / 2e6, 1);
}
CUresult cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *stream) {
  (void)stream;
  return copy(to, (void *)from, bytes, bytes / 2e6, 0);
}
CUresult cuMemcpyDtoH_v2(void *to, uint64_t from, size_t bytes) { memcpy(to, (void *)from, bytes); return 0; }

CUresult cuEventCreate(void **event, unsigned flags) { (void)flags; *event = calloc(1, sizeof(double)); live++; return 0; }
CUresult cuEventDestroy_v2(void *event) { free(event); live--; return 0; }
CUresult cuEventRecord(void *event, void *stream) { (void)stream; *(double *)event = clock_ms; return 0; }
CUresult cuEventSynchronize(void *event) {
  (void)event;
#ifdef HANG
  for (;;) sleep(60);
#endif
  return 0;
}
CUresult cuEventElapsedTime(float *milliseconds, void *start, void *end) {
  *milliseconds = (float)(*(double *)end - *(double *)start);
  return 0;
}
