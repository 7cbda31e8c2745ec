/* A second file of one program that includes the header. */
#include "my_timer.h"

#ifdef __cplusplus
extern "C"
#endif
void elsewhere(FfiCallback cb, void *user_data);

void elsewhere(FfiCallback cb, void *user_data)
{
    my_timer_version(NULL, cb, user_data);
}
