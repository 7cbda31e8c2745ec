/* What calls cost a program in C, in nanoseconds: the median of many batches of each. */
#include "benched.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCHES = 31, IN_FLIGHT = 1000, MESSAGES = 10 };

#define TEXT BENCHED_TEXT("a text of 20 bytes..")

int32_t add(int32_t a, int32_t b);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static long answers;
static void *ctx;
static benched_Record record;
static size_t seen;

/* What is read of an answer is what the others read: that it is one, and its length. */
static void on_answer_here(int ret, const char *msg, size_t len, void *user_data)
{
    (void)user_data;
    seen += (size_t)(ret == RET_OK && msg != NULL) + len;
}

static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    on_answer_here(ret, msg, len, user_data);
    pthread_mutex_lock(&lock);
    answers++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

static void await_answers(long due)
{
    pthread_mutex_lock(&lock);
    while (answers < due) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
}

static void add_once(long number)
{
    static volatile int32_t sum;
    sum = add(sum, (int32_t)number);
}

static void echo_here(long number)
{
    (void)number;
    benched_echo_text(on_answer_here, NULL, TEXT);
}

static void record_here(long number)
{
    (void)number;
    benched_echo_record(on_answer_here, NULL, record);
}

static void echo(long number)
{
    (void)number;
    long due = answers + 1;
    benched_give_text(ctx, on_answer, NULL, TEXT);
    await_answers(due);
}

static void echoes(long number)
{
    long due = answers + IN_FLIGHT;
    (void)number;
    for (int i = 0; i < IN_FLIGHT; i++) {
        benched_give_text(ctx, on_answer, NULL, TEXT);
    }
    await_answers(due);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const char *what, void (*call)(long), long times, int calls_each)
{
    double batches[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
        double begun = now();
        for (long i = 0; i < times; i++) {
            call(i);
        }
        batches[batch] = (now() - begun) / (double)(times * calls_each);
    }
    qsort(batches, BATCHES, sizeof batches[0], by_size);
    printf("%s\t%.1f\n", what, batches[BATCHES / 2]);
}

static void fill_record(void)
{
    static benched_Message messages[MESSAGES];
    static benched_text tags[2];
    static char texts[MESSAGES][32];
    for (int i = 0; i < MESSAGES; i++) {
        snprintf(texts[i], sizeof texts[i], "message number %d", i);
        messages[i].text = benched_text_of(texts[i]);
        messages[i].delayMs = i * 40;
    }
    tags[0] = BENCHED_TEXT("urgent");
    tags[1] = BENCHED_TEXT("internal");
    record.name = BENCHED_TEXT("a record of messages");
    record.messages.ptr = messages;
    record.messages.len = MESSAGES;
    record.tags.ptr = tags;
    record.tags.len = 2;
    record.note.present = 1;
    record.note.value = BENCHED_TEXT("to be read at once");
    record.retries.present = 1;
    record.retries.value = 3;
}

int main(void)
{
    fill_record();
    ctx = benched_create(on_answer, NULL);
    await_answers(1);
    measure("add", add_once, 1000000, 1);
    measure("echo here", echo_here, 100000, 1);
    measure("echo", echo, 1000, 1);
    measure("echo pipelined", echoes, 10, IN_FLIGHT);
    measure("record", record_here, 20000, 1);
    return benched_destroy(ctx) != 0 || seen == 0;
}
