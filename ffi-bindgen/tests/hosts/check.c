/* Prints what the header's check says of the library it is linked with. */
#include "my_timer.h"
#include <stdio.h>

int main(void)
{
    const char *differs = my_timer_abi_check();
    printf("%s", differs ? differs : "compatible");
    return 0;
}
