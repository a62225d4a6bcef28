// The whole job as a C programmer writes it: threads that each read their part of a file in pieces of 1 MiB and count its bytes.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE (1 << 20)
#define MOST_THREADS 64
#define FAILED 256

struct part {
  const char *path;
  int64_t from, to;
  uint64_t counts[256];
  int failed;
};

void hist_n1(const uint8_t *bytes, const uint8_t *unused, int64_t length, int64_t times, uint64_t *result);

static void *count_part(void *argument) {
  struct part *part = argument;
  uint64_t counts[256];
  uint8_t *piece = aligned_alloc(4096, PIECE);
  int file = open(part->path, O_RDONLY);
  part->failed = file < 0 || !piece;
  for (int64_t at = part->from; !part->failed && at < part->to;) {
    int64_t wanted = part->to - at < PIECE ? part->to - at : PIECE;
    int64_t read = pread(file, piece, wanted, at);
    part->failed = read <= 0;
    if (part->failed) break;
    hist_n1(piece, 0, read, 1, counts);
    for (int i = 0; i < 256; i++) part->counts[i] += counts[i];
    at += read;
  }
  if (file >= 0) close(file);
  free(piece);
  return 0;
}

// result: 256 counts, then 1 where something went wrong.
void hist_file(const uint8_t *path, const uint8_t *unused, int64_t length, int64_t threads, uint64_t *result) {
  static struct part parts[MOST_THREADS];
  pthread_t running[MOST_THREADS];
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  int64_t size = (length / threads + PIECE - 1) / PIECE * PIECE;
  memset(parts, 0, sizeof parts);
  memset(result, 0, (FAILED + 1) * sizeof *result);
  for (int64_t i = 0; i < threads; i++) {
    parts[i].path = (const char *)path;
    parts[i].from = i * size < length ? i * size : length;
    parts[i].to = (i + 1) * size < length ? (i + 1) * size : length;
    if (pthread_create(&running[i], 0, count_part, &parts[i])) {
      count_part(&parts[i]);
      running[i] = 0;
    }
  }
  for (int64_t i = 0; i < threads; i++) {
    if (running[i]) pthread_join(running[i], 0);
    for (int j = 0; j < 256; j++) result[j] += parts[i].counts[j];
    result[FAILED] |= parts[i].failed;
  }
}
