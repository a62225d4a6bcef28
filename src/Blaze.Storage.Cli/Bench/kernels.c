// What the kernels are measured against: plain loops as a C programmer writes them who knows the usual tricks (several tables
// for the histogram, eight sums side by side for the statistics), compiled with gcc -O3 -march=native.
// Each function goes over the same buffer `times` times as if it were one long chunk, and leaves what it found in `result`.
#include <math.h>
#include <stdint.h>
#include <string.h>

#define TABLES 4
#define WINDOW 65536
#define RUN 4096
#define LANES 8

static void count_bytes(const uint8_t *bytes, int64_t length, uint32_t (*table)[256]) {
  int64_t i = 0;
  for (; i + 8 <= length; i += 8) {
    uint64_t word;
    memcpy(&word, bytes + i, 8);
    table[0][word & 255]++;
    table[1][word >> 8 & 255]++;
    table[2][word >> 16 & 255]++;
    table[3][word >> 24 & 255]++;
    table[0][word >> 32 & 255]++;
    table[1][word >> 40 & 255]++;
    table[2][word >> 48 & 255]++;
    table[3][word >> 56]++;
  }
  for (; i < length; i++) table[0][bytes[i]]++;
}

void hist_n1(const uint8_t *bytes, const uint8_t *unused, int64_t length, int64_t times, uint64_t *result) {
  uint32_t table[TABLES][256] = {{0}};
  for (int64_t t = 0; t < times; t++) count_bytes(bytes, length, table);
  for (int i = 0; i < 256; i++) result[i] = (uint64_t)table[0][i] + table[1][i] + table[2][i] + table[3][i];
}

void hist_n2(const uint8_t *bytes, const uint8_t *unused, int64_t length, int64_t times, uint64_t *result) {
  static uint32_t table[65536];
  memset(table, 0, sizeof table);
  for (int64_t t = 0; t < times; t++) {
    uint32_t pair = bytes[0];
    for (int64_t i = 1; i < length; i++) {
      pair = (pair << 8 | bytes[i]) & 65535;
      table[pair]++;
    }
  }
  for (int i = 0; i < 65536; i++) result[i] = table[i];
}

void ent(const uint8_t *bytes, const uint8_t *unused, int64_t length, int64_t times, uint64_t *result) {
  memset(result, 0, 256 * sizeof *result);
  double *profile = (double *)(result + 256);
  for (int64_t t = 0; t < times; t++) {
    for (int64_t start = 0; start < length; start += WINDOW) {
      uint32_t table[TABLES][256] = {{0}};
      int64_t size = length - start < WINDOW ? length - start : WINDOW;
      count_bytes(bytes + start, size, table);
      double entropy = 0;
      for (int i = 0; i < 256; i++) {
        uint64_t count = (uint64_t)table[0][i] + table[1][i] + table[2][i] + table[3][i];
        result[i] += count;
        if (count) entropy -= (double)count / size * log2((double)count / size);
      }
      *profile++ = entropy;
    }
  }
}

void diff(const uint8_t *first, const uint8_t *second, int64_t length, int64_t times, uint64_t *result) {
  uint64_t differing = 0, runs = 0;
  int64_t last = -1;
  for (int64_t t = 0; t < times; t++) {
    runs += first[0] != second[0] && !(t > 0 && first[length - 1] != second[length - 1]);
    differing += first[0] != second[0];
    for (int64_t i = 1; i < length; i++) {
      differing += first[i] != second[i];
      runs += (first[i] != second[i]) & (first[i - 1] == second[i - 1]);
    }
    int64_t end = length;
    while (end >= 8 && memcmp(first + end - 8, second + end - 8, 8) == 0) end -= 8;
    while (end > 0 && first[end - 1] == second[end - 1]) end--;
    if (end > 0) last = t * length + end - 1;
  }
  result[0] = differing;
  result[1] = runs;
  result[2] = (uint64_t)last;
}

static void gather(const double *x, int64_t length, double *sum, double *least, double *most, int64_t *count) {
  double s[LANES] = {0}, low[LANES], high[LANES];
  int64_t n[LANES] = {0};
  for (int j = 0; j < LANES; j++) low[j] = INFINITY, high[j] = -INFINITY;
  for (int64_t i = 0; i + LANES <= length; i += LANES)
    for (int j = 0; j < LANES; j++) {
      double v = x[i + j];
      s[j] += v == v ? v : 0;
      n[j] += v == v;
      low[j] = v < low[j] ? v : low[j];
      high[j] = v > high[j] ? v : high[j];
    }
  *sum = 0, *count = 0, *least = INFINITY, *most = -INFINITY;
  for (int j = 0; j < LANES; j++) {
    *sum += s[j];
    *count += n[j];
    *least = low[j] < *least ? low[j] : *least;
    *most = high[j] > *most ? high[j] : *most;
  }
}

static double deviations(const double *x, int64_t length, double mean) {
  double s[LANES] = {0}, total = 0;
  for (int64_t i = 0; i + LANES <= length; i += LANES)
    for (int j = 0; j < LANES; j++) {
      double d = x[i + j] - mean;
      s[j] += x[i + j] == x[i + j] ? d * d : 0;
    }
  for (int j = 0; j < LANES; j++) total += s[j];
  return total;
}

void stat_f8(const uint8_t *bytes, const uint8_t *unused, int64_t length, int64_t times, uint64_t *result) {
  const double *x = (const double *)bytes;
  double sum = 0, least = INFINITY, most = -INFINITY, m2 = 0;
  int64_t count = 0;
  for (int64_t t = 0; t < times; t++)
    for (int64_t i = 0; i + RUN <= length / 8; i += RUN) {
      double s, low, high;
      int64_t n;
      gather(x + i, RUN, &s, &low, &high, &n);
      if (n == 0) continue;
      double m = deviations(x + i, RUN, s / n);
      double distance = count ? s / n - sum / count : 0;
      m2 += m + distance * distance * ((double)count * n / (count + n));
      sum += s;
      count += n;
      least = low < least ? low : least;
      most = high > most ? high : most;
    }
  double numbers[] = {sum, least, most, m2};
  result[0] = (uint64_t)count;
  memcpy(result + 1, numbers, sizeof numbers);
}
