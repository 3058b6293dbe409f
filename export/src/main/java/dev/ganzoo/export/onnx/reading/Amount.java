package dev.ganzoo.export.onnx.reading;

/** A number that may depend on the batch size N ≥ 1: units + batches·N. */
record Amount(double units, double batches) {
    static Amount of(double units) {
        return new Amount(units, 0);
    }

    /** As an extent of a shape: a number, or {@code -k} for k·N. */
    static Amount ofExtent(int extent) {
        return extent < 0 ? new Amount(0, -(double) extent) : of(extent);
    }

    boolean isFixed() {
        return batches == 0;
    }

    Amount plus(Amount other) {
        return new Amount(units + other.units, batches + other.batches);
    }

    Amount minus(Amount other) {
        return new Amount(units - other.units, batches - other.batches);
    }

    Amount times(Amount other) {
        if (!isFixed() && !other.isFixed()) {
            throw beyond("the square of the batch size");
        }
        return new Amount(units * other.units, units * other.batches + batches * other.units);
    }

    Amount dividedBy(Amount other) {
        if (other.isFixed()) {
            Amount quotient = new Amount(units / other.units, batches / other.units);
            return whole(quotient);
        }
        if (units * other.batches == other.units * batches) {
            return whole(of(batches / other.batches));
        }
        throw beyond("a number divided by the batch size");
    }

    Amount modulo(Amount other) {
        if (other.isFixed() && batches % other.units == 0) {
            return of(units % other.units);
        }
        throw beyond("the remainder of the batch size");
    }

    /** Negative, 0 or positive as this is less than, equal to or greater than {@code other} for every batch size. */
    int comparedTo(Amount other) {
        Amount difference = minus(other);
        double atOne = difference.units + difference.batches;
        if (difference.batches == 0 || atOne * difference.batches > 0) {
            return (int) Math.signum(atOne);
        }
        throw beyond("a comparison that depends on the batch size");
    }

    /** Whether this is {@code other} for every batch size; never for none. */
    boolean equalTo(Amount other) {
        Amount difference = minus(other);
        if (difference.batches == 0) {
            return difference.units == 0;
        }
        double root = -difference.units / difference.batches;
        if (root >= 1 && root == Math.rint(root)) {
            throw beyond("a comparison that depends on the batch size");
        }
        return false;
    }

    private static Amount whole(Amount amount) {
        if (amount.batches != Math.rint(amount.batches) || amount.units != Math.rint(amount.units)) {
            throw beyond("a fraction of the batch size");
        }
        return amount;
    }

    private static Unsupported beyond(String what) {
        return new Unsupported("shape arithmetic must stay with multiples of the batch size, got " + what);
    }

    @Override
    public String toString() {
        return batches == 0 ? plain(units) : plain(batches) + "·N" + (units == 0 ? "" : " + " + plain(units));
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
