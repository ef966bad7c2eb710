#!/usr/bin/perl
# The scripted substitutions, and the only ones. README.md says what each is for.
#
#     substitute.pl DIRECTORY       rewrites the sources in DIRECTORY, which jextract has just written
#
# A pattern that no longer matches ends the run: a newer jextract that writes something else must be looked at, not passed on.
use strict;
use warnings;

my ($directory) = @ARGV;
my %source;
for my $file (glob("$directory/*.java")) {
    local $/;
    open(my $in, '<', $file) or die "$file: $!\n";
    $source{$file} = <$in>;
}

sub expect {
    my ($found, $wanted, $what) = @_;
    die "substitute.pl: $what: $found places changed, $wanted expected\n" unless $found == $wanted;
}

sub count {
    my ($pattern, $text) = @_;
    my $number = () = $text =~ /$pattern/g;
    return $number;
}

# JDK 22 has find(), findOrThrow() came with 23. The lookup moves into a holder of its own and asks the C library alone:
# a constant or a layout is then to be had without loading any library, and no lambda is linked.
sub lookups {
    my $lookups = count(qr/SYMBOL_LOOKUP\.findOrThrow\(/, $_);
    expect(s/    static final Arena LIBRARY_ARENA = Arena\.ofAuto\(\);\n\n    static final SymbolLookup SYMBOL_LOOKUP = [^;]*;\n\n/
            $lookups ? <<'END' : ''/e, 1, 'symbol lookup');
    private static class Lookup {
        static final SymbolLookup SYMBOLS = Linker.nativeLinker().defaultLookup();
    }

END
    expect(s/SYMBOL_LOOKUP\.findOrThrow\(("[^"]+")\)/Lookup.SYMBOLS.find($1).orElseThrow()/g || 0, $lookups, 'findOrThrow');
    die "substitute.pl: a string constant still needs LIBRARY_ARENA: take it off the list\n" if /LIBRARY_ARENA|SYMBOL_LOOKUP/;
}

# An address alone: as generated, asking for it links the function's own method handle, 8 ms each.
sub handles {
    my $functions = count(qr/public static final MethodHandle HANDLE = /, $_);
    my $variadic = count(qr/private static final FunctionDescriptor BASE_DESC = /, $_);
    expect(s/(        public static final FunctionDescriptor DESC = [^;]*;)\n\n(        public static final MemorySegment ADDR = [^;]*;)\n\n(        public static final MethodHandle HANDLE = [^;]*;)\n/
            "$2\n\n        private static class Lazy {\n" . indent($1) . "\n\n" . indent($3) . "\n        }\n"/ge || 0, $functions, 'lazy handles');
    expect(s/(\b\w+\$*)\.(DESC|HANDLE);/$1.Lazy.$2;/g || 0, 3 * $functions, 'uses of lazy handles');
    expect(s/        private static final FunctionDescriptor BASE_DESC = ([^;]*;)\n(        private static final MemorySegment ADDR = [^;]*;\n)/
            "$2\n" . indent("        private static class Lazy {\n            static final FunctionDescriptor BASE_DESC = $1\n        }", 0) . "\n"/ge || 0,
            $variadic, 'lazy base descriptors');
    expect(s/(?<!FunctionDescriptor )\bBASE_DESC\./Lazy.BASE_DESC./g || 0, 2 * $variadic, 'uses of base descriptors');
}

sub indent {
    my ($text, $by) = @_;
    my $space = ' ' x ($by // 4);
    return $text =~ s/^(?=.)/$space/gmr;
}

# The C types as constants of ValueLayout, which they equal on every 64-bit Linux: the canonical layouts are a map that
# only the linker has, and looking at them starts it.
sub types {
    my %layout = (bool => 'BOOLEAN', char => 'BYTE', short => 'SHORT', int => 'INT', long => 'LONG', 'long long' => 'LONG',
            float => 'FLOAT', double => 'DOUBLE');
    expect(s/= *\([A-Za-z.]+\) *Linker\.nativeLinker\(\)\.canonicalLayouts\(\)\.get\("([a-z ]+)"\);/= ValueLayout.JAVA_$layout{$1};/g || 0,
            8, 'C types');
    expect(s/\(\(AddressLayout\) Linker\.nativeLinker\(\)\.canonicalLayouts\(\)\.get\("void\*"\)\)/ValueLayout.ADDRESS/ || 0, 1, 'C_POINTER');
}

# The first path into a layout takes 4 ms, the first switch over patterns 2 ms: plain loops do the same for nothing.
sub helpers {
    expect(s/    static MemoryLayout align\(.*?\n    }\n/<<'END'/se || 0, 1, 'align');
    static MemoryLayout align(MemoryLayout layout, long align) {
        if (layout instanceof ValueLayout value) {
            return value.withByteAlignment(align);
        }
        if (layout instanceof SequenceLayout sequence) {
            return MemoryLayout.sequenceLayout(sequence.elementCount(), align(sequence.elementLayout(), align));
        }
        if (layout instanceof GroupLayout group) {
            MemoryLayout[] members = group.memberLayouts().toArray(new MemoryLayout[0]);
            for (int i = 0; i < members.length; i++) {
                members[i] = align(members[i], align);
            }
            return group instanceof StructLayout ? MemoryLayout.structLayout(members) : MemoryLayout.unionLayout(members);
        }
        return layout;
    }

    static MemoryLayout member(MemoryLayout layout, String... path) {
        for (String name : path) {
            layout = ((GroupLayout) layout).memberLayouts().get(index(layout, name));
        }
        return layout;
    }

    static long offset(MemoryLayout layout, String... path) {
        long offset = 0;
        for (String name : path) {
            List<MemoryLayout> members = ((GroupLayout) layout).memberLayouts();
            int index = index(layout, name);
            for (int i = 0; i < index && layout instanceof StructLayout; i++) {
                offset += members.get(i).byteSize();
            }
            layout = members.get(index);
        }
        return offset;
    }

    private static int index(MemoryLayout layout, String name) {
        List<MemoryLayout> members = ((GroupLayout) layout).memberLayouts();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().orElse("").equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no member " + name + " in " + layout);
    }
END
}

sub members {
    my $paths = count(qr/\$LAYOUT\.(?:select|byteOffset)\(/, $_);
    my $changed = s/\$LAYOUT\.select\((groupElement\([^;]*)\);/'Linux.member($LAYOUT, ' . names($1) . ');'/ge || 0;
    $changed += s/\$LAYOUT\.byteOffset\((groupElement\([^;]*)\);/'Linux.offset($LAYOUT, ' . names($1) . ');'/ge || 0;
    expect($changed, $paths, 'members');
}

sub names {
    my ($path) = @_;
    return $path =~ s/groupElement\(("[^"]+")\)/$1/gr;
}

# The handle for the elements of an array member, of which every use of the struct would pay: 26 ms for the first.
sub elements {
    my $handles = count(qr/_HANDLE = \S+\$LAYOUT\./, $_);
    expect(s/^( *)private static final (VarHandle|MethodHandle) (\w+)\$ELEM_HANDLE = ([^;]*;)/
            "$1private static class $3\$Elements {\n$1    static final $2 HANDLE = $4\n$1}"/gme || 0, $handles, 'array elements');
    s/\b(\w+)\$ELEM_HANDLE\./$1\$Elements.HANDLE./g;
}

for my $file (sort keys %source) {
    for ($source{$file}) {
        if ($file =~ m{/Linux\$shared\.java$}) {
            types();
            helpers();
        } elsif ($file =~ m{/Linux\.java$}) {
            lookups();
            handles();
        } else {
            members();
            elements();
        }
        # One newline at the end of the file, where jextract leaves two.
        s/\n+\z/\n/;
    }
    open(my $out, '>', $file) or die "$file: $!\n";
    print $out $source{$file};
    close($out) or die "$file: $!\n";
}
