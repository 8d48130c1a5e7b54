/*
 * The machine both stub libraries play: eight H100, with the names, UUIDs, serial numbers and places of the recording
 * gpu/nvidia-smi/fixtures/text/thamada-H100SXMx8.txt.
 */
#include <stdint.h>

#define MACHINE_GPUS 8

static const char *machine_uuids[MACHINE_GPUS] = {
  "GPU-b42dd28e-ffdd-8720-1df0-98bd8cdc05b1", "GPU-7c3cadbd-17e5-0913-f69b-c618122ea0cd",
  "GPU-2d50cdf6-dd67-9f2e-855e-0d4d6d395a2f", "GPU-d1838e76-90e6-4408-711d-aeeaa2e1fd14",
  "GPU-72be6e5d-3c1b-0d37-98ac-d3ef159f2589", "GPU-52378fbc-3124-3895-13b6-1dd179563e0f",
  "GPU-83a5aebb-b71c-c570-aa83-185e1233fe97", "GPU-33135771-a848-ece1-b61e-489e221d663c"};
static const char *machine_serials[MACHINE_GPUS] = {
  "1654423001593", "1654223054577", "1654423003947", "1654223056472",
  "1654423003267", "1654323021387", "1654423003872", "1654223055370"};
static const uint32_t machine_buses[MACHINE_GPUS] = {0x18, 0x2a, 0x3a, 0x5d, 0x9a, 0xab, 0xba, 0xdb};
