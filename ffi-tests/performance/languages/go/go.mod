module speed

go 1.19

require ffi/benched v0.0.0

replace ffi/benched => ./benched
