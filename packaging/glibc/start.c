/* What a program needs of itself on a glibc before 2.34 and what newer start files and headers no longer bring. */
#include <stdarg.h>

typedef void initializer(int, char **, char **);
typedef int entry(int, char **, char **);

extern void _init(void);
extern initializer *__init_array_start[] __attribute__((visibility("hidden")));
extern initializer *__init_array_end[] __attribute__((visibility("hidden")));

/* Before 2.34 libc called a function of the program that ran its initializers. Start files since then pass none, and the old libc runs none by itself. */
static void run_initializers(int count, char **arguments, char **environment)
{
    _init();
    for (initializer **one = __init_array_start; one < __init_array_end; one++)
        (*one)(count, arguments, environment);
}

int __real___libc_start_main(entry *, int, char **, initializer *, void (*)(void), void (*)(void), void *);

int __wrap___libc_start_main(entry *main, int count, char **arguments, initializer *none, void (*no_end)(void), void (*unload)(void), void *stack)
{
    (void)none;
    return __real___libc_start_main(main, count, arguments, run_initializers, no_end, unload, stack);
}

/* Before 2.33 stat, lstat and fstat were macros around functions that are told the layout of the result. */
#ifdef __aarch64__
enum { stat_layout = 0 };
#else
enum { stat_layout = 1 };
#endif

int __xstat(int, const char *, void *);
int __lxstat(int, const char *, void *);
int __fxstat(int, int, void *);

int stat(const char *path, void *result) { return __xstat(stat_layout, path, result); }
int lstat(const char *path, void *result) { return __lxstat(stat_layout, path, result); }
int fstat(int file, void *result) { return __fxstat(stat_layout, file, result); }
int stat64(const char *path, void *result) { return __xstat(stat_layout, path, result); }
int lstat64(const char *path, void *result) { return __lxstat(stat_layout, path, result); }
int fstat64(int file, void *result) { return __fxstat(stat_layout, file, result); }

/* fcntl64 came with 2.28. On 64-bit systems it is fcntl. */
int fcntl(int, int, ...);

int fcntl64(int file, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return fcntl(file, command, argument);
}
