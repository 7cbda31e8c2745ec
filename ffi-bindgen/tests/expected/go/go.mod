module ffi/mytimer

go 1.19
