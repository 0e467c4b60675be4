(* The rules of rules/deltas.py and rules/delta_sums.py. *)
From Coq Require Import Reals ZArith Lia Lra Bool.
From Deltasift Require Import Base Statements.
Local Open Scope R_scope.

(* Decide every delta and bracket of integers that occurs, one after the other. *)
Ltac decided := unfold iv, delta, Z_leb, Z_ltb, Z_eqb, Z_neb in *;
  repeat match goal with
  | |- context [Z.eq_dec ?x ?y] => destruct (Z.eq_dec x y)
  | |- context [(?x <=? ?y)%Z] => destruct (Z.leb_spec x y)
  | |- context [(?x <? ?y)%Z] => destruct (Z.ltb_spec x y)
  | |- context [(?x =? ?y)%Z] => destruct (Z.eqb_spec x y)
  end; cbn [negb andb orb].
Ltac numbers := first [ring | lra | exfalso; lia | exfalso; nia | reflexivity].

Theorem delta_comm_1_holds : delta_comm_1.
Proof. unfold delta_comm_1. intros. decided; numbers. Qed.
Theorem delta_self_1_holds : delta_self_1.
Proof. unfold delta_self_1. intros. apply delta_self. Qed.
Theorem delta_eq_1_holds : delta_eq_1.
Proof. unfold delta_eq_1. intros i j ->. apply deltaR_self. Qed.
Theorem delta_ne_1_holds : delta_ne_1.
Proof. unfold delta_ne_1. intros. now apply deltaR_ne. Qed.
Theorem delta_mul_ne_1_holds : delta_mul_ne_1.
Proof. unfold delta_mul_ne_1. intros. rewrite deltaR_ne by assumption. ring. Qed.
Theorem delta_mul_delta_ne_1_holds : delta_mul_delta_ne_1.
Proof. unfold delta_mul_delta_ne_1. intros. unfold deltaR. destruct (Req_EM_T i j), (Req_EM_T i k); subst; try ring.
  now contradiction H. Qed.
Theorem delta_mul_delta_ne_2_holds : delta_mul_delta_ne_2.
Proof. unfold delta_mul_delta_ne_2. intros. unfold deltaR. destruct (Req_EM_T i j), (Req_EM_T i k); subst; try ring.
  now contradiction H. Qed.
Lemma pw_zero c : 0 < c -> pw 0 c = 0.
Proof.
  intros H. unfold pw. destruct (integerb c) eqn:E; [|now destruct (Req_EM_T 0 0)].
  apply integerb_integer in E. destruct E as [z ->]. rewrite Int_part_IZR. apply lt_IZR in H.
  destruct z; try lia. simpl. apply pow_i. lia.
Qed.
Lemma pw_one c : pw 1 c = 1.
Proof. rewrite pw_Rpower by lra. unfold Rpower. rewrite ln_1, Rmult_0_r. apply exp_0. Qed.
Theorem delta_pow_1_holds : delta_pow_1.
Proof. unfold delta_pow_1, deltaR. intros. destruct (Req_EM_T i j); [apply pw_one|now apply pw_zero]. Qed.
Theorem delta_abs_1_holds : delta_abs_1.
Proof. unfold delta_abs_1. intros. decided; numbers. Qed.
Theorem delta_abs_cases_1_holds : delta_abs_cases_1.
Proof. unfold delta_abs_cases_1. intros. decided; numbers. Qed.
Lemma same_multiple a b i : (a * i = b * i <-> a = b \/ i = 0)%Z.
Proof. pose proof (Z.mul_eq_0 (a - b) i). lia. Qed.
Theorem delta_mul_right_1_holds : delta_mul_right_1.
Proof. unfold delta_mul_right_1. intros. pose proof (same_multiple a b i). decided; first [ring | exfalso; intuition]. Qed.
Theorem delta_mul_right_2_holds : delta_mul_right_2.
Proof.
  unfold delta_mul_right_2. intros. rewrite <- delta_mul_right_1_holds.
  decided; first [reflexivity | exfalso; lia].
Qed.
Theorem delta_sq_1_holds : delta_sq_1.
Proof. unfold delta_sq_1. intros. rewrite !Z.pow_2_r. decided; numbers. Qed.
Theorem delta_sq_2_holds : delta_sq_2.
Proof.
  unfold delta_sq_2. intros. rewrite !Z.pow_2_r.
  assert (i * i = j * j <-> i = j \/ i = - j)%Z.
  { split; [intros E; assert ((i - j) * (i + j) = 0)%Z as P by lia; apply Z.mul_eq_0 in P; lia|].
    intros [-> | ->]; ring. }
  decided; first [ring | lra | exfalso; intuition lia].
Qed.
Theorem delta_mul_left_1_holds : delta_mul_left_1.
Proof. unfold delta_mul_left_1. intros. assert (c * i = c * j <-> i = j)%Z by (apply Z.mul_cancel_l; assumption).
  decided; first [reflexivity | exfalso; intuition]. Qed.
Theorem delta_mul_left_2_holds : delta_mul_left_2.
Proof. unfold delta_mul_left_2. intros.
  assert (c * i = c * 1 <-> i = 1)%Z by (apply Z.mul_cancel_l; assumption). rewrite Z.mul_1_r in *.
  decided; first [reflexivity | exfalso; intuition]. Qed.
Theorem delta_mod_1_holds : delta_mod_1.
Proof.
  unfold delta_mod_1. intros i c r H0 H1. unfold iv.
  destruct (dividesb c (i + - r)) eqn:D; [apply (dividesb_divide c _ ltac:(lia)) in D|].
  - destruct D as [x Hx]. replace (i mod c)%Z with r; [apply delta_self|]. apply Z.mod_unique_pos with x; lia.
  - apply delta_ne. intros E. enough (dividesb c (i + - r) = true) by congruence.
    apply (dividesb_divide c _ ltac:(lia)). exists (i / c)%Z. pose proof (Z.div_mod i c ltac:(lia)). lia.
Qed.
Theorem delta_floor_1_holds : delta_floor_1.
Proof.
  unfold delta_floor_1. intros. pose proof (Z.div_mod i c ltac:(lia)). pose proof (Z.mod_pos_bound i c H).
  set (q := (i / c)%Z) in *. clearbody q. set (m' := (i mod c)%Z) in *. clearbody m'.
  decided; try reflexivity; exfalso; subst; first [lia | nia].
Qed.
Theorem delta_ceiling_1_holds : delta_ceiling_1.
Proof.
  unfold delta_ceiling_1. intros. pose proof (Z.div_mod (- i) c ltac:(lia)). pose proof (Z.mod_pos_bound (- i) c H).
  set (q := (- i / c)%Z) in *. clearbody q. set (m' := (- i mod c)%Z) in *. clearbody m'.
  decided; try reflexivity; exfalso; subst; first [lia | nia].
Qed.
Theorem delta_max_1_holds : delta_max_1.
Proof. unfold delta_max_1. intros. decided; numbers. Qed.
Theorem delta_min_1_holds : delta_min_1.
Proof. unfold delta_min_1. intros. decided; numbers. Qed.
Theorem pow_mul_delta_1_holds : pow_mul_delta_1.
Proof.
  unfold pow_mul_delta_1, delta. intros.
  destruct (Z.eq_dec k m), (Z.eq_dec i j); rewrite ?Rmult_1_l, ?Rmult_0_l, ?Rmult_1_r, ?pw_0, ?pw_1; reflexivity.
Qed.
Theorem pow_mul_delta_2_holds : pow_mul_delta_2.
Proof.
  unfold pow_mul_delta_2, delta. intros.
  destruct (Z.eq_dec i j); rewrite ?Rmult_1_r, ?Rmult_0_r, ?pw_0, ?pw_1; reflexivity.
Qed.
Theorem delta_pow_zero_1_holds : delta_pow_zero_1.
Proof.
  unfold delta_pow_zero_1. intros. assert (i ^ c = 0 <-> i = 0)%Z.
  { split; [apply Z.pow_eq_0; lia|]. intros ->. now apply Z.pow_0_l. }
  decided; first [reflexivity | exfalso; intuition].
Qed.
Theorem delta_abs_zero_1_holds : delta_abs_zero_1.
Proof. unfold delta_abs_zero_1. intros. decided; numbers. Qed.
Theorem delta_mul_zero_1_holds : delta_mul_zero_1.
Proof.
  unfold delta_mul_zero_1. intros. pose proof (Z.mul_eq_0 i j). decided; first [ring | exfalso; intuition].
Qed.
Theorem delta_mul_self_1_holds : delta_mul_self_1.
Proof. unfold delta_mul_self_1, deltaR. intros. destruct (Req_EM_T i j); ring. Qed.
Theorem delta_mul_log_delta_1_holds : delta_mul_log_delta_1.
Proof. unfold delta_mul_log_delta_1, deltaR. intros. destruct (Req_EM_T i j); rewrite ?ln_1; ring. Qed.
Theorem delta_one_1_holds : delta_one_1.
Proof. unfold delta_one_1. intros. assert (y = 0 \/ y = 1)%Z as [-> | ->] by lia; decided; numbers. Qed.
Theorem delta_zero_1_holds : delta_zero_1.
Proof. unfold delta_zero_1. intros. assert (y = 0 \/ y = 1)%Z as [-> | ->] by lia; decided; simpl; numbers. Qed.
Theorem delta_sift_1_holds : delta_sift_1.
Proof. unfold delta_sift_1. intros. apply zsum_ext; intros. unfold delta. destruct (Z.eq_dec i a); subst; ring. Qed.

(* --- one term survives --- *)

Lemma is_sum_delta lo hi f d a s : (forall i, d i = if Z.eq_dec i a then 1 else 0) ->
  s = (if insideb lo hi a then f a else 0) -> is_sum lo hi (fun i => d i * f i) s.
Proof.
  intros D ->. apply (is_sum_one lo hi a).
  - intros i _ Hne. rewrite D. destruct (Z.eq_dec i a); [contradiction|ring].
  - destruct (insideb lo hi a); [|reflexivity]. rewrite D. destruct (Z.eq_dec a a); [ring|contradiction].
Qed.
Lemma is_sum_no_delta lo hi f d : (forall i, d i = 0) -> is_sum lo hi (fun i => d i * f i) 0.
Proof. intros D. apply is_sum_none. intros. rewrite D. ring. Qed.
Ltac same_delta := intros; unfold delta;
  repeat match goal with |- context [Z.eq_dec ?x ?y] => destruct (Z.eq_dec x y) end; first [reflexivity | exfalso; lia | exfalso; nia].

Lemma inside_at lo hi a : ext_le lo (Fin a) -> ext_le (Fin a) hi -> insideb lo hi a = true.
Proof. intros. now apply insideb_inside. Qed.
Lemma times_le c lo q : (0 < c)%Z -> ext_leb (times c lo) (Fin (c * q)) = ext_leb lo (Fin q).
Proof. intros. destruct lo; simpl; try reflexivity.
  destruct (Z.leb_spec (c * z) (c * q)), (Z.leb_spec z q); try reflexivity; nia. Qed.
Lemma le_times c hi q : (0 < c)%Z -> ext_leb (Fin (c * q)) (times c hi) = ext_leb (Fin q) hi.
Proof. intros. destruct hi; simpl; try reflexivity.
  destruct (Z.leb_spec (c * q) (c * z)), (Z.leb_spec q z); try reflexivity; nia. Qed.
Lemma extR_leb_of lo x : extR_leb (of_ext lo) (RFin (IZR x)) = ext_leb lo (Fin x).
Proof. destruct lo; simpl; try reflexivity. apply R_leb_IZR. Qed.
Lemma extR_leb_to x hi : extR_leb (RFin (IZR x)) (of_ext hi) = ext_leb (Fin x) hi.
Proof. destruct hi; simpl; try reflexivity. apply R_leb_IZR. Qed.
Lemma extR_le_of lo x : extR_le (of_ext lo) (RFin (IZR x)) <-> ext_le lo (Fin x).
Proof. rewrite <- extR_leb_le, <- ext_leb_le. now rewrite extR_leb_of. Qed.
Lemma extR_le_to x hi : extR_le (RFin (IZR x)) (of_ext hi) <-> ext_le (Fin x) hi.
Proof. rewrite <- extR_leb_le, <- ext_leb_le. now rewrite extR_leb_to. Qed.
Lemma ext_le_b a b : ext_le a b <-> ext_leb a b = true.
Proof. symmetry. apply ext_leb_le. Qed.
Lemma quotient c a : (0 < c)%Z -> (c | a)%Z -> a = (c * (a / c))%Z.
Proof. intros Hc [x ->]. rewrite Z.div_mul by lia. ring. Qed.
Lemma real_quotient c x : (0 < c)%Z -> is_integer (x / IZR c) -> exists q, x = IZR (c * q) /\ x / IZR c = IZR q.
Proof. intros Hc [q Hq]. exists q. split; [|assumption]. rewrite mult_IZR, <- Hq. field. apply not_0_IZR. lia. Qed.

Theorem sum_delta_1_holds : sum_delta_1.
Proof. unfold sum_delta_1. intros. apply (is_sum_delta lo hi f (fun i => delta i a) a); [same_delta|].
  now rewrite inside_at. Qed.
Theorem sum_delta_2_holds : sum_delta_2.
Proof. unfold sum_delta_2. intros. apply (is_sum_delta lo hi f (fun i => delta (i + b) a) (a + - b)); [same_delta|].
  now rewrite inside_at. Qed.
Theorem sum_delta_3_holds : sum_delta_3.
Proof. unfold sum_delta_3. intros. apply (is_sum_delta lo hi f (fun i => delta (b + - i) a) (b + - a)); [same_delta|].
  now rewrite inside_at. Qed.
Ltac scaled_inside := rewrite inside_at; [reflexivity| |]; apply ext_le_b;
  [erewrite <- times_le by eassumption | erewrite <- le_times by eassumption]; apply ext_leb_le; eassumption.
Lemma sum_scaled f c d q lo hi : (0 < c)%Z -> ext_le (times c lo) (Fin (c * q)) -> ext_le (Fin (c * q)) (times c hi) ->
  (forall i, d i = if Z.eq_dec i q then 1 else 0) -> is_sum lo hi (fun i => d i * f i) (f q).
Proof. intros. apply (is_sum_delta lo hi f d q); [assumption|]. scaled_inside. Qed.
Theorem sum_delta_4_holds : sum_delta_4.
Proof. unfold sum_delta_4. intros f a c lo hi Hc D. pose proof (quotient c a Hc D) as Q. rewrite Q at 1 2. intros.
  apply (sum_scaled f c (fun i => delta (c * i) a)); try assumption. same_delta. Qed.
Theorem sum_delta_5_holds : sum_delta_5.
Proof. unfold sum_delta_5. intros f a b c lo hi Hc D. pose proof (quotient c _ Hc D) as Q. rewrite Q at 1 2. intros.
  apply (sum_scaled f c (fun i => delta (c * i + b) a)); try assumption. same_delta. Qed.
Theorem sum_delta_6_holds : sum_delta_6.
Proof. unfold sum_delta_6. intros f a b c lo hi Hc D. pose proof (quotient c _ Hc D) as Q. rewrite Q at 1 2. intros.
  apply (sum_scaled f c (fun i => delta (b + - (c * i)) a)); try assumption. same_delta. Qed.
Lemma deltaR_scaled c i q : (0 < c)%Z -> deltaR (IZR (c * i)) (IZR (c * q)) = if Z.eq_dec i q then 1 else 0.
Proof. intros. rewrite deltaR_IZR. same_delta. Qed.
Theorem sum_delta_7_holds : sum_delta_7.
Proof. unfold sum_delta_7. intros f c x lo hi Hc I. destruct (real_quotient c x Hc I) as (q & Hx & Hq).
  rewrite Hq, Int_part_IZR, Hx. rewrite extR_le_of, extR_le_to. intros.
  apply (sum_scaled f c (fun i => deltaR (IZR (c * i)) (IZR (c * q)))); try assumption. intros. now apply deltaR_scaled. Qed.

Lemma sum_outside lo hi f a : (forall z, a = IZR z -> ~ inside lo hi z) ->
  is_sum lo hi (fun i => deltaR (IZR i) a * f i) 0.
Proof. intros H. apply is_sum_none. intros i Hi. rewrite deltaR_ne; [ring|]. intros E. now apply (H i). Qed.
Theorem sum_delta_outside_1_holds : sum_delta_outside_1.
Proof. unfold sum_delta_outside_1, extR_lt. intros. apply sum_outside. intros z -> [H1 _]. apply H. now apply extR_le_of. Qed.
Theorem sum_delta_outside_2_holds : sum_delta_outside_2.
Proof. unfold sum_delta_outside_2, extR_lt. intros. apply sum_outside. intros z -> [_ H1]. apply H. now apply extR_le_to. Qed.

Lemma bracketed (b : bool) x : iv b * x = if b then x else 0.
Proof. destruct b; simpl; ring. Qed.
Ltac sifted := rewrite bracketed; unfold insideb;
  repeat match goal with H : ext_le _ _ |- _ => apply ext_leb_le in H; rewrite H end;
  rewrite ?andb_true_r, ?andb_true_l; reflexivity.
Theorem sum_delta_bracket_1_holds : sum_delta_bracket_1.
Proof. unfold sum_delta_bracket_1. intros. apply (is_sum_delta lo hi f (fun i => delta i a) a); [same_delta|sifted]. Qed.
Theorem sum_delta_bracket_2_holds : sum_delta_bracket_2.
Proof. unfold sum_delta_bracket_2. intros. apply (is_sum_delta lo hi f (fun i => delta i a) a); [same_delta|sifted]. Qed.
Theorem sum_delta_bracket_3_holds : sum_delta_bracket_3.
Proof. unfold sum_delta_bracket_3. intros. apply (is_sum_delta lo hi f (fun i => delta i a) a); [same_delta|sifted]. Qed.

(* The delta of an index and of a real: one term where the real is an integer, none where it is not. *)
Lemma is_sum_deltaR lo hi f x s :
  s = (if integerb x then if insideb lo hi (Int_part x) then f (Int_part x) else 0 else 0) ->
  is_sum lo hi (fun i => deltaR (IZR i) x * f i) s.
Proof.
  intros ->. destruct (integerb x) eqn:E.
  - apply integerb_integer in E. destruct E as [z ->]. rewrite Int_part_IZR.
    apply (is_sum_delta lo hi f (fun i => deltaR (IZR i) (IZR z)) z); [|reflexivity].
    intros. rewrite deltaR_IZR. same_delta.
  - apply is_sum_none. intros i _. rewrite deltaR_ne; [ring|]. intros <-. now rewrite integerb_IZR in E.
Qed.
Ltac sifted_real x := rewrite bracketed; destruct (integerb x) eqn:E; [|reflexivity];
  apply integerb_integer in E; destruct E as [z ->]; rewrite ?Int_part_IZR in *;
  rewrite ?extR_leb_of, ?extR_leb_to; unfold insideb;
  repeat match goal with
  | H : extR_le (of_ext _) _ |- _ => apply extR_le_of in H; apply ext_leb_le in H; rewrite H
  | H : extR_le _ (of_ext _) |- _ => apply extR_le_to in H; apply ext_leb_le in H; rewrite H
  end; rewrite ?andb_true_r, ?andb_true_l; reflexivity.
Theorem sum_delta_bracket_4_holds : sum_delta_bracket_4.
Proof. unfold sum_delta_bracket_4. intros. apply is_sum_deltaR. sifted_real x. Qed.
Theorem sum_delta_bracket_5_holds : sum_delta_bracket_5.
Proof. unfold sum_delta_bracket_5. intros. apply is_sum_deltaR. sifted_real x. Qed.
Theorem sum_delta_bracket_6_holds : sum_delta_bracket_6.
Proof. unfold sum_delta_bracket_6. intros. apply is_sum_deltaR. sifted_real x. Qed.
Theorem sum_delta_bracket_7_holds : sum_delta_bracket_7.
Proof. unfold sum_delta_bracket_7. intros. apply is_sum_deltaR. sifted_real x. Qed.
Theorem sum_delta_bracket_8_holds : sum_delta_bracket_8.
Proof. unfold sum_delta_bracket_8. intros.
  apply (is_sum_delta lo hi f (fun i => delta (i + b) a) (a + - b)); [same_delta|sifted]. Qed.
Theorem sum_delta_bracket_9_holds : sum_delta_bracket_9.
Proof. unfold sum_delta_bracket_9. intros.
  apply (is_sum_delta lo hi f (fun i => delta (b + - i) a) (b + - a)); [same_delta|sifted]. Qed.
Lemma sum_scaled_bracket f c d a lo hi : (0 < c)%Z -> (forall i, d i = delta (c * i) a) ->
  is_sum lo hi (fun i => d i * f i)
    (iv (dividesb c a && ext_leb (times c lo) (Fin a) && ext_leb (Fin a) (times c hi)) * f (a / c)%Z).
Proof.
  intros Hc D. rewrite bracketed. destruct (dividesb c a) eqn:E; cbn [andb].
  - apply (dividesb_divide c a ltac:(lia)) in E. pose proof (quotient c a Hc E) as Q.
    apply (is_sum_delta lo hi f d (a / c)).
    + intros. rewrite D. same_delta.
    + unfold insideb. rewrite <- (times_le c lo), <- (le_times c hi), <- Q by assumption. reflexivity.
  - apply is_sum_no_delta. intros. rewrite D. apply delta_ne. intros F. enough (dividesb c a = true) by congruence.
    apply (dividesb_divide c a ltac:(lia)). exists i. lia.
Qed.
Theorem sum_delta_bracket_10_holds : sum_delta_bracket_10.
Proof. unfold sum_delta_bracket_10. intros. now apply sum_scaled_bracket. Qed.
Theorem sum_delta_bracket_11_holds : sum_delta_bracket_11.
Proof. unfold sum_delta_bracket_11. intros. apply sum_scaled_bracket; [assumption|]. same_delta. Qed.
Theorem sum_delta_bracket_12_holds : sum_delta_bracket_12.
Proof. unfold sum_delta_bracket_12. intros. apply sum_scaled_bracket; [assumption|]. same_delta. Qed.
Lemma integerb_scaled c x : (0 < c)%Z -> integerb (x / IZR c) = true ->
  exists q, x = IZR (c * q) /\ x / IZR c = IZR q.
Proof. intros Hc H. apply integerb_integer in H. now apply real_quotient. Qed.
Theorem sum_delta_bracket_13_holds : sum_delta_bracket_13.
Proof.
  unfold sum_delta_bracket_13. intros. rewrite bracketed. destruct (integerb (x / IZR c)) eqn:E; cbn [andb].
  - destruct (integerb_scaled c x H E) as (q & Hx & Hq). rewrite Hq, Int_part_IZR, Hx, extR_leb_of, extR_leb_to.
    apply (is_sum_delta lo hi f (fun i => deltaR (IZR (c * i)) (IZR (c * q))) q); [intros; now apply deltaR_scaled|].
    unfold insideb. now rewrite times_le, le_times.
  - apply is_sum_none. intros i _. rewrite deltaR_ne; [ring|]. intros <-.
    rewrite mult_IZR in E. replace (IZR c * IZR i / IZR c) with (IZR i) in E by (field; apply not_0_IZR; lia).
    now rewrite integerb_IZR in E.
Qed.

(* --- a term left out --- *)

Lemma zsum_without lo hi a f : zsum lo hi (fun i => if Z.eq_dec i a then 0 else f i) =
  zsum lo (Z.min (a - 1) hi) f + zsum (Z.max (a + 1) lo) hi f.
Proof.
  destruct (Z_lt_le_dec a lo), (Z_lt_le_dec hi a); try (
    first [rewrite (zsum_empty lo (Z.min (a - 1) hi)) by lia | idtac];
    first [rewrite (zsum_empty (Z.max (a + 1) lo) hi) by lia | idtac]).
  - lia || (rewrite zsum_empty by lia; ring).
  - replace (Z.max (a + 1) lo) with lo by lia. rewrite Rplus_0_l. apply zsum_ext; intros.
    destruct (Z.eq_dec i a); [lia|reflexivity].
  - replace (Z.min (a - 1) hi) with hi by lia. rewrite Rplus_0_r. apply zsum_ext; intros.
    destruct (Z.eq_dec i a); [lia|reflexivity].
  - replace (Z.min (a - 1) hi) with (a - 1)%Z by lia. replace (Z.max (a + 1) lo) with (a + 1)%Z by lia.
    rewrite (zsum_around lo hi a) by lia. destruct (Z.eq_dec a a); [|contradiction]. rewrite Rplus_0_r.
    f_equal; apply zsum_ext; intros; destruct (Z.eq_dec i a); lia || reflexivity.
Qed.
Lemma without_ends lo hi a f : (lo <= a + 1)%Z -> (a <= hi + 1)%Z ->
  zsum lo (Z.min (a - 1) hi) f + zsum (Z.max (a + 1) lo) hi f = zsum lo (a + - (1)) f + zsum (a + 1) hi f.
Proof. intros. f_equal; f_equal; lia. Qed.
Lemma ne_factor i a f : iv (Z_neb i a) * f = if Z.eq_dec i a then 0 else f.
Proof. unfold iv, Z_neb. destruct (Z.eqb_spec i a), (Z.eq_dec i a); simpl; try contradiction; ring. Qed.
Lemma one_sub_factor i a f : (1 + - delta i a) * f = if Z.eq_dec i a then 0 else f.
Proof. unfold delta. destruct (Z.eq_dec i a); ring. Qed.
Theorem sum_ne_1_holds : sum_ne_1.
Proof. unfold sum_ne_1. intros. rewrite <- without_ends, <- zsum_without by assumption. apply zsum_ext; intros. apply ne_factor. Qed.
Theorem sum_ne_2_holds : sum_ne_2.
Proof. unfold sum_ne_2. intros. change (a + - (1))%Z with (a - 1)%Z. rewrite <- zsum_without. apply zsum_ext; intros. apply ne_factor. Qed.
Theorem sum_one_sub_delta_1_holds : sum_one_sub_delta_1.
Proof. unfold sum_one_sub_delta_1. intros. rewrite <- without_ends, <- zsum_without by assumption. apply zsum_ext; intros. apply one_sub_factor. Qed.
Theorem sum_one_sub_delta_2_holds : sum_one_sub_delta_2.
Proof. unfold sum_one_sub_delta_2. intros. change (a + - (1))%Z with (a - 1)%Z. rewrite <- zsum_without. apply zsum_ext; intros. apply one_sub_factor. Qed.
