/* A disk that keeps synced bytes only, and fails when it is told to: loaded into the server by LD_PRELOAD.
 *
 * Files whose path begins with POWER_WATCH are written as usual. Beside it, every write is noted in POWER_SHADOW/NAME.pending,
 * and at fsync or fdatasync what was noted is written into POWER_SHADOW/NAME: after a SIGKILL the shadow holds what a disk
 * would hold after a power cut, and the pending file what might or might not have reached it.
 *
 * POWER_CONTROL names a file of three 32-bit numbers: writes until the failure, how many calls fail, and the error. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FDS = 4096, MOST_FILES = 16 };

struct file { char name[256]; int shadow, pending; };

static struct file files[MOST_FILES];
static int of_fd[MOST_FDS]; /* number of the file + 1 */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static volatile int32_t *control;

static int (*real_open64)(const char *, int, ...);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate64)(int, off_t);
static int (*real_unlink)(const char *);
static int (*real_close)(int);

__attribute__((constructor)) static void begin(void) {
  real_open64 = dlsym(RTLD_NEXT, "open64");
  real_pwrite64 = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate64 = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_close = dlsym(RTLD_NEXT, "close");
  const char *name = getenv("POWER_CONTROL");
  int fd = name ? real_open64(name, O_RDWR) : -1;
  if (fd >= 0) control = mmap(NULL, 12, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static int is_failing(void) {
  if (!control || control == MAP_FAILED || (control[0] <= 0 && control[1] <= 0)) return 0;
  if (control[0] > 0 && --control[0] > 0) return 0;
  if (control[1] <= 0) return 0;
  control[1]--;
  errno = control[2];
  return 1;
}

/* The file of a path under watch; -1 for any other. Its shadow begins as what is there. */
static int watched(const char *path) {
  const char *watch = getenv("POWER_WATCH"), *shadow = getenv("POWER_SHADOW");
  if (!watch || !shadow || !path || strncmp(path, watch, strlen(watch))) return -1;
  const char *name = strrchr(path, '/');
  name = name ? name + 1 : path;
  size_t length = strlen(name);
  if (length > 4 && (!strcmp(name + length - 4, "-shm") || !strcmp(name + length - 5, ".lock"))) return -1;
  for (int at = 0; at < MOST_FILES; at++) {
    if (!strcmp(files[at].name, name)) return at;
    if (files[at].name[0]) continue;
    char to[4096], buffer[65536];
    snprintf(files[at].name, sizeof files[at].name, "%s", name);
    snprintf(to, sizeof to, "%s/%s", shadow, name);
    files[at].shadow = real_open64(to, O_RDWR | O_CREAT | O_TRUNC, 0600);
    snprintf(to, sizeof to, "%s/%s.pending", shadow, name);
    files[at].pending = real_open64(to, O_RDWR | O_CREAT | O_TRUNC, 0600);
    int from = real_open64(path, O_RDONLY);
    off_t offset = 0;
    for (ssize_t n; from >= 0 && (n = read(from, buffer, sizeof buffer)) > 0; offset += n)
      real_pwrite64(files[at].shadow, buffer, n, offset);
    if (from >= 0) real_close(from);
    return at;
  }
  abort();
}

static int file_of(int fd) { return fd >= 0 && fd < MOST_FDS ? of_fd[fd] - 1 : -1; }

/* Notes bytes at a place; a length of -1 is a file cut to that place. */
static void note(int at, int64_t offset, int64_t length, const void *bytes) {
  int64_t head[2] = {offset, length};
  real_write(files[at].pending, head, sizeof head);
  if (length > 0) real_write(files[at].pending, bytes, length);
}

static void synced(int at) {
  int64_t head[2];
  off_t place = 0;
  while (pread(files[at].pending, head, sizeof head, place) == sizeof head) {
    place += sizeof head;
    if (head[1] < 0) {
      real_ftruncate64(files[at].shadow, head[0]);
      continue;
    }
    char *bytes = malloc(head[1] + 1);
    if (pread(files[at].pending, bytes, head[1], place) == head[1])
      real_pwrite64(files[at].shadow, bytes, head[1], head[0]);
    free(bytes);
    place += head[1];
  }
  real_ftruncate64(files[at].pending, 0);
  lseek(files[at].pending, 0, SEEK_SET);
}

static int opened(const char *path, int flags, int mode) {
  pthread_mutex_lock(&turn);
  int at = watched(path);
  int fd = real_open64(path, flags, mode);
  if (fd >= 0 && fd < MOST_FDS) of_fd[fd] = at + 1;
  if (fd >= 0 && at >= 0 && flags & O_TRUNC) note(at, 0, -1, NULL);
  pthread_mutex_unlock(&turn);
  return fd;
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
  va_end(more);
  return opened(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;
  va_end(more);
  return opened(path, flags, mode);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
  int at = file_of(fd);
  if (at < 0) return real_pwrite64(fd, bytes, length, offset);
  pthread_mutex_lock(&turn);
  ssize_t n = is_failing() ? -1 : real_pwrite64(fd, bytes, length, offset);
  int error = errno;
  if (n > 0) note(at, offset, n, bytes);
  pthread_mutex_unlock(&turn);
  errno = error;
  return n;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  int at = file_of(fd);
  if (at < 0) return real_write(fd, bytes, length);
  pthread_mutex_lock(&turn);
  off_t offset = lseek(fd, 0, SEEK_CUR);
  ssize_t n = is_failing() ? -1 : real_write(fd, bytes, length);
  int error = errno;
  if (n > 0) note(at, offset, n, bytes);
  pthread_mutex_unlock(&turn);
  errno = error;
  return n;
}

static int sync_of(int fd, int (*real)(int)) {
  int at = file_of(fd);
  if (at < 0) return real(fd);
  pthread_mutex_lock(&turn);
  /* The real disk need not be waited for: what counts is in the shadow. */
  int result = is_failing() ? -1 : 0;
  int error = errno;
  if (!result) synced(at);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int fsync(int fd) { return sync_of(fd, real_fsync); }
int fdatasync(int fd) { return sync_of(fd, real_fdatasync); }

int ftruncate64(int fd, off_t length) {
  int at = file_of(fd);
  if (at < 0) return real_ftruncate64(fd, length);
  pthread_mutex_lock(&turn);
  int result = is_failing() ? -1 : real_ftruncate64(fd, length);
  int error = errno;
  if (!result) note(at, length, -1, NULL);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *path) {
  pthread_mutex_lock(&turn);
  int at = watched(path);
  int result = real_unlink(path);
  if (!result && at >= 0) {
    note(at, 0, -1, NULL);
    synced(at);
  }
  pthread_mutex_unlock(&turn);
  return result;
}

int close(int fd) {
  pthread_mutex_lock(&turn);
  if (fd >= 0 && fd < MOST_FDS) of_fd[fd] = 0;
  pthread_mutex_unlock(&turn);
  return real_close(fd);
}
