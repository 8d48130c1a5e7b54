;; The event of `sysbench cpu`: count the primes from 3 to below a limit by trial division in 64-bit whole numbers, up to
;; the square root of each. Dominated by the processor's 64-bit division.
;;
;; run(events, limit): repeats the event and answers the sum of the counts.
(module
  (import "host" "memory" (memory 1))
  (func (export "run") (param $events i32) (param $limit i64) (result i64)
    (local $c i64) (local $l i64) (local $t f64) (local $n i64)
    (block $done
      (loop $event
        (br_if $done (i32.eqz (local.get $events)))
        (local.set $c (i64.const 3))
        (loop $candidate
          (local.set $t (f64.sqrt (f64.convert_i64_s (local.get $c))))
          (local.set $l (i64.const 2))
          (block $composite
            (block $prime
              (loop $divisor
                (br_if $prime (f64.gt (f64.convert_i64_s (local.get $l)) (local.get $t)))
                (br_if $composite (i64.eqz (i64.rem_u (local.get $c) (local.get $l))))
                (local.set $l (i64.add (local.get $l) (i64.const 1)))
                (br $divisor)))
            (local.set $n (i64.add (local.get $n) (i64.const 1))))
          (local.set $c (i64.add (local.get $c) (i64.const 1)))
          (br_if $candidate (i64.lt_u (local.get $c) (local.get $limit))))
        (local.set $events (i32.sub (local.get $events) (i32.const 1)))
        (br $event)))
    (local.get $n)))
