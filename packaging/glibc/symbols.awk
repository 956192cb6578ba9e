# readelf --dyn-syms of a library -> assembler source of an empty library with the same names, and a version script for the linker (file `versions`).
# Of each name only the newest version that is not newer than `floor` is kept. Columns: number, value, size, type, binding, visibility, section, name@version.

function comparable(version,    part) {
    split(version, part, ".")
    return part[1] * 1000000 + part[2] * 1000 + part[3]
}

$7 != "UND" && $7 != "ABS" && match($8, /@+GLIBC_[0-9.]+$/) {
    split($8, part, /@+GLIBC_/)
    name = part[1]
    if (comparable(part[2]) > comparable(floor) || ((name in chosen) && comparable(part[2]) < comparable(chosen[name])))
        next
    chosen[name] = part[2]
    type[name] = $4 == "TLS" ? "tls_object" : $4 == "OBJECT" ? "object" : "function"
    section[name] = $4 == "TLS" ? ".section .tbss,\"awT\",%nobits" : $4 == "OBJECT" ? ".bss" : ".text"
    # The size of data matters to the linker; a function only needs an address.
    size[name] = type[name] == "function" ? 1 : $3
}

END {
    for (name in chosen) {
        print section[name]
        print ".globl " name
        print ".type " name ", %" type[name]
        print name ": .zero " size[name]
        print ".size " name ", " size[name]
        names[chosen[name]] = names[chosen[name]] " " name ";"
    }
    for (version in names)
        print "GLIBC_" version " { global:" names[version] " };" >versions
}
