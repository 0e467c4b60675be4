(* The rules of rules/sums.py. *)
From Coq Require Import Reals ZArith Lia Lra Bool.
From Deltasift Require Import Base Statements.
Local Open Scope R_scope.

Lemma bracket_le a b f : iv (Z_leb a b) * f = if Z_le_dec a b then f else 0.
Proof. unfold iv, Z_leb. destruct (Z_le_dec a b), (Z.leb_spec a b); try lia; ring. Qed.

(* A range cut off above or below, as a bracket. *)
Lemma zsum_cut_above lo hi a f : zsum lo hi (fun i => if Z_le_dec i a then f i else 0) = zsum lo (Z.min a hi) f.
Proof.
  destruct (Z_lt_le_dec (Z.min a hi) lo).
  - rewrite (zsum_empty lo (Z.min a hi)) by lia. apply zsum_zero; intros.
    destruct (Z_le_dec i a); [lia|reflexivity].
  - rewrite <- (zsum_split lo hi (Z.min a hi)) by lia.
    rewrite (zsum_zero (Z.min a hi + 1) hi), Rplus_0_r.
    + apply zsum_ext; intros. destruct (Z_le_dec i a); [reflexivity|lia].
    + intros. destruct (Z_le_dec i a); [lia|reflexivity].
Qed.
Lemma zsum_cut_below lo hi a f : zsum lo hi (fun i => if Z_le_dec a i then f i else 0) = zsum (Z.max a lo) hi f.
Proof.
  destruct (Z_lt_le_dec hi (Z.max a lo)).
  - rewrite (zsum_empty (Z.max a lo)) by lia. apply zsum_zero; intros.
    destruct (Z_le_dec a i); [lia|reflexivity].
  - rewrite <- (zsum_split lo hi (Z.max a lo - 1)) by lia. replace (Z.max a lo - 1 + 1)%Z with (Z.max a lo) by lia.
    rewrite (zsum_zero lo (Z.max a lo - 1)), Rplus_0_l.
    + apply zsum_ext; intros. destruct (Z_le_dec a i); [reflexivity|lia].
    + intros. destruct (Z_le_dec a i); [lia|reflexivity].
Qed.

(* The exchange of two sums of which the inner range depends on the outer index: as sums over the whole square. *)
Lemma square_above lo hi b F : (forall i, (lo <= i <= hi)%Z -> (b i <= hi)%Z) ->
  zsum lo hi (fun i => zsum lo (b i) (F i)) = zsum lo hi (fun i => zsum lo hi (fun j => if Z_le_dec j (b i) then F i j else 0)).
Proof. intros. apply zsum_ext; intros. rewrite zsum_cut_above. f_equal. specialize (H i H0). lia. Qed.
Lemma square_below lo hi b F : (forall i, (lo <= i <= hi)%Z -> (lo <= b i)%Z) ->
  zsum lo hi (fun i => zsum (b i) hi (F i)) = zsum lo hi (fun i => zsum lo hi (fun j => if Z_le_dec (b i) j then F i j else 0)).
Proof. intros. apply zsum_ext; intros. rewrite zsum_cut_below. f_equal. specialize (H i H0). lia. Qed.
Ltac exchanged := rewrite zsum_comm; apply zsum_ext; intros; apply zsum_ext; intros;
  repeat match goal with |- context [Z_le_dec ?x ?y] => destruct (Z_le_dec x y) end; try reflexivity; lia.

Theorem sum_comm_1_holds : sum_comm_1.
Proof. unfold sum_comm_1. intros. apply zsum_comm. Qed.
Theorem sum_comm_2_holds : sum_comm_2.
Proof. unfold sum_comm_2. intros. rewrite (square_above lo hi (fun i => i)) by lia.
  rewrite (square_below lo hi (fun j => j) (fun j i => f i j)) by lia. exchanged. Qed.
Theorem sum_comm_3_holds : sum_comm_3.
Proof. unfold sum_comm_3. intros. rewrite (square_below lo hi (fun i => i)) by lia.
  rewrite (square_above lo hi (fun j => j) (fun j i => f i j)) by lia. exchanged. Qed.
Theorem sum_comm_4_holds : sum_comm_4.
Proof. unfold sum_comm_4. intros. rewrite (square_above lo hi (fun i => i + - (1))%Z) by lia.
  rewrite (square_below lo hi (fun j => j + 1)%Z (fun j i => f i j)) by lia. exchanged. Qed.
Theorem sum_comm_5_holds : sum_comm_5.
Proof. unfold sum_comm_5. intros. rewrite (square_below lo hi (fun i => i + 1)%Z) by lia.
  rewrite (square_above lo hi (fun j => j + - (1))%Z (fun j i => f i j)) by lia. exchanged. Qed.

Theorem sum_add_1_holds : sum_add_1.
Proof. unfold sum_add_1. intros. apply zsum_add. Qed.
Theorem sum_add_2_holds : sum_add_2.
Proof. unfold sum_add_2. intros. now rewrite zsum_add, zsum_neg. Qed.
Theorem sum_add_3_holds : sum_add_3.
Proof. unfold sum_add_3. intros. rewrite zsum_add. apply Ropp_plus_distr. Qed.
Theorem sum_add_4_holds : sum_add_4.
Proof. unfold sum_add_4. intros. rewrite zsum_add, zsum_neg, Ropp_plus_distr, Ropp_involutive. apply Rplus_comm. Qed.
Theorem sum_mul_left_1_holds : sum_mul_left_1.
Proof. unfold sum_mul_left_1. intros. apply zsum_mul. Qed.
Theorem sum_mul_right_1_holds : sum_mul_right_1.
Proof. unfold sum_mul_right_1. intros. rewrite Rmult_comm, <- zsum_mul. apply zsum_ext; intros; ring. Qed.
Theorem sum_neg_1_holds : sum_neg_1.
Proof. unfold sum_neg_1. intros. apply zsum_neg. Qed.
Theorem sum_zero_1_holds : sum_zero_1.
Proof. unfold sum_zero_1. intros. now apply is_sum_none. Qed.
Theorem sum_empty_1_holds : sum_empty_1.
Proof. unfold sum_empty_1. intros. apply is_sum_none. unfold inside, ext_lt. intros i [H1 H2]. exfalso. apply H.
  destruct lo, hi; simpl in *; lia || tauto. Qed.
Theorem sum_pair_1_holds : sum_pair_1.
Proof. unfold sum_pair_1. intros. rewrite zsum_last, zsum_single by lia. reflexivity. Qed.
Theorem sum_pair_2_holds : sum_pair_2.
Proof. unfold sum_pair_2. intros. rewrite zsum_last, zsum_single by lia. reflexivity. Qed.
Theorem sum_split_1_holds : sum_split_1.
Proof. unfold sum_split_1. intros. now apply zsum_split. Qed.
Theorem sum_shift_1_holds : sum_shift_1.
Proof. unfold sum_shift_1. intros. apply zsum_shift. Qed.

Lemma zsum_const lo hi a : (lo <= hi + 1)%Z -> zsum lo hi (fun _ => a) = IZR (hi - lo + 1) * a.
Proof.
  intros H. revert hi H. apply (range_ind (fun hi => zsum lo hi (fun _ => a) = IZR (hi - lo + 1) * a)).
  - rewrite zsum_empty by lia. replace (lo - 1 - lo + 1)%Z with 0%Z by lia. simpl; ring.
  - intros h Hh IH. rewrite zsum_last, IH by lia. rewrite !plus_IZR, !minus_IZR. ring.
Qed.
Theorem sum_const_1_holds : sum_const_1.
Proof. unfold sum_const_1. intros. rewrite zsum_const by lia. do 2 f_equal. lia. Qed.
Theorem sum_const_2_holds : sum_const_2.
Proof. unfold sum_const_2. intros. rewrite zsum_const by lia. do 2 f_equal. Qed.
Theorem sum_const_3_holds : sum_const_3.
Proof. unfold sum_const_3. intros. rewrite zsum_const by lia. rewrite Rmult_1_r. f_equal. lia. Qed.
Theorem sum_const_4_holds : sum_const_4.
Proof. unfold sum_const_4. intros. rewrite zsum_const by lia. rewrite Rmult_1_r. f_equal. Qed.
Lemma zsum_const_max lo hi a : zsum lo hi (fun _ => a) = IZR (Z.max (hi - lo + 1) 0) * a.
Proof.
  destruct (Z_le_dec lo (hi + 1)).
  - rewrite zsum_const by lia. do 2 f_equal. lia.
  - rewrite zsum_empty by lia. replace (Z.max _ 0) with 0%Z by lia. simpl; ring.
Qed.
Theorem sum_const_bracket_1_holds : sum_const_bracket_1.
Proof. unfold sum_const_bracket_1. intros. rewrite zsum_const_max, Rmult_1_r. f_equal. lia. Qed.
Theorem sum_const_bracket_2_holds : sum_const_bracket_2.
Proof. unfold sum_const_bracket_2. intros. rewrite zsum_const_max, Rmult_1_r. f_equal. Qed.
Theorem sum_const_bracket_3_holds : sum_const_bracket_3.
Proof. unfold sum_const_bracket_3, Z_leb, iv. intros. rewrite zsum_const_max.
  destruct (Z.leb_spec 1 hi); [replace (Z.max (hi - 1 + 1) 0) with hi by lia; ring|].
  replace (Z.max (hi - 1 + 1) 0) with 0%Z by lia. ring. Qed.
Theorem sum_const_bracket_4_holds : sum_const_bracket_4.
Proof. unfold sum_const_bracket_4, Z_leb, iv. intros. rewrite zsum_const_max.
  destruct (Z.leb_spec lo hi).
  - replace (Z.max (hi - lo + 1) 0) with (hi + - lo + 1)%Z by lia. ring.
  - replace (Z.max (hi - lo + 1) 0) with 0%Z by lia. ring. Qed.

Lemma zsum_index lo hi : (lo <= hi + 1)%Z -> zsum lo hi IZR = IZR (hi - lo + 1) * IZR (lo + hi) / 2.
Proof.
  intros H. revert hi H. apply (range_ind (fun hi => zsum lo hi IZR = IZR (hi - lo + 1) * IZR (lo + hi) / 2)).
  - rewrite zsum_empty by lia. replace (lo - 1 - lo + 1)%Z with 0%Z by lia. simpl; field.
  - intros h Hh IH. rewrite zsum_last, IH by lia. rewrite !plus_IZR, !minus_IZR. field.
Qed.
Ltac by_index := intros;
  rewrite ?(zsum_add _ _ IZR), ?(zsum_add _ _ (fun i => _ * IZR i)), ?zsum_add, ?zsum_neg, ?zsum_mul, ?zsum_const, ?zsum_index by lia;
  rewrite ?plus_IZR, ?mult_IZR, ?plus_IZR, ?minus_IZR, ?opp_IZR, ?plus_IZR, ?minus_IZR; field.
Theorem sum_id_1_holds : sum_id_1.
Proof. unfold sum_id_1. intros. change (fun i : Z => IZR i) with IZR. rewrite zsum_index by lia.
  rewrite mult_IZR. replace (hi - 1 + 1)%Z with hi by lia. rewrite (Z.add_comm 1 hi). reflexivity. Qed.
Theorem sum_id_2_holds : sum_id_2.
Proof. unfold sum_id_2. change (fun i : Z => IZR i) with IZR. by_index. Qed.
Theorem sum_id_3_holds : sum_id_3.
Proof. unfold sum_id_3. change (fun i : Z => IZR i) with IZR. by_index. Qed.
Theorem sum_id_4_holds : sum_id_4.
Proof. unfold sum_id_4. by_index. Qed.
Theorem sum_id_5_holds : sum_id_5.
Proof. unfold sum_id_5. intros. rewrite (zsum_ext _ _ _ (fun i => b + - IZR i)) by (intros; now rewrite opp_IZR).
  rewrite zsum_add, zsum_neg. change (fun i : Z => IZR i) with IZR. by_index. Qed.
Theorem sum_id_6_holds : sum_id_6.
Proof. unfold sum_id_6. by_index. Qed.
Theorem sum_sq_1_holds : sum_sq_1.
Proof.
  unfold sum_sq_1. intros hi H. assert (H' : (1 <= hi + 1)%Z) by lia. clear H. revert hi H'.
  apply (range_ind (fun hi => zsum 1 hi (fun i => IZR (i ^ 2)) = IZR (hi * (hi + 1) * (2 * hi + 1)) / IZR 6)).
  - rewrite zsum_empty by lia. simpl; field.
  - intros h Hh IH. rewrite zsum_last, IH by lia. rewrite Z.pow_2_r, !mult_IZR, !plus_IZR, !mult_IZR, !minus_IZR. field.
Qed.

Lemma powerRZ_step x z : x <> 0 \/ (0 <= z)%Z -> powerRZ x (z + 1) = powerRZ x z * x.
Proof.
  intros [H|H]; [rewrite powerRZ_add by assumption; simpl; ring|].
  replace z with (Z.of_nat (Z.to_nat z)) by lia. replace (_ + 1)%Z with (Z.of_nat (S (Z.to_nat z))) by lia.
  rewrite <- !pow_powerRZ. simpl. ring.
Qed.
Theorem sum_geom_1_holds : sum_geom_1.
Proof.
  unfold sum_geom_1. intros c hi Hc H. assert (H' : (0 <= hi + 1)%Z) by lia. clear H. revert hi H'.
  apply (range_ind (fun hi => zsum 0 hi (fun i => pw c (IZR i)) = (pw c (IZR (hi + 1)) + - IZR 1) / (c + - IZR 1))).
  - rewrite zsum_empty by lia. change (0 - 1 + 1)%Z with 0%Z. rewrite pw_0. field. lra.
  - intros h Hh IH. rewrite zsum_last, IH, !pw_IZR by lia. replace (h - 1 + 1)%Z with h by lia.
    rewrite (powerRZ_step c h) by lia. field. lra.
Qed.

(* Multiples of c in a range, one after the other. *)
Lemma zsum_multiples lo hi c f : (0 < c)%Z ->
  zsum lo hi (fun i => iv (dividesb c i) * f i) = zsum (- (- lo / c)) (hi / c) (fun i => f (c * i)%Z).
Proof.
  intros Hc. assert (Hlo : (c * (- (- lo / c)) - c < lo <= c * (- (- lo / c)))%Z).
  { pose proof (Z.div_mod (- lo) c). pose proof (Z.mod_pos_bound (- lo) c). nia. }
  destruct (Z_lt_le_dec hi (lo - 1)) as [Hemp|Hfull].
  { rewrite (zsum_empty lo hi) by lia. rewrite zsum_empty; [reflexivity|].
    pose proof (Z.div_mod hi c ltac:(lia)). pose proof (Z.mod_pos_bound hi c Hc). apply (Z.mul_lt_mono_pos_l c); lia. }
  assert (H : (lo <= hi + 1)%Z) by lia. clear Hfull. revert hi H.
  apply (range_ind (fun hi => zsum lo hi (fun i => iv (dividesb c i) * f i) = zsum (- (- lo / c)) (hi / c) (fun i => f (c * i)%Z))).
  - rewrite (zsum_empty lo (lo - 1)) by lia. rewrite zsum_empty; [reflexivity|].
    pose proof (Z.div_mod (lo - 1) c ltac:(lia)). pose proof (Z.mod_pos_bound (lo - 1) c Hc).
    apply (Z.mul_lt_mono_pos_l c); lia.
  - intros h Hh IH. rewrite zsum_last, IH by lia.
    pose proof (Z.div_mod h c ltac:(lia)) as D. pose proof (Z.mod_pos_bound h c Hc) as M.
    unfold dividesb. destruct (Z.eqb_spec (h mod c) 0) as [E|E]; simpl.
    + replace ((h - 1) / c)%Z with (h / c - 1)%Z by (apply Z.div_unique with (c - 1)%Z; nia).
      rewrite (zsum_last _ (h / c)) by nia. rewrite <- (Zplus_0_r (c * (h / c))), <- E, <- D. ring.
    + replace ((h - 1) / c)%Z with (h / c)%Z by (apply Z.div_unique with (h mod c - 1)%Z; nia). ring.
Qed.
Theorem sum_divides_1_holds : sum_divides_1.
Proof. unfold sum_divides_1. intros. now apply zsum_multiples. Qed.
Theorem sum_divides_2_holds : sum_divides_2.
Proof.
  unfold sum_divides_2. intros. rewrite <- (zsum_multiples _ _ c (fun i => f (i + r)%Z)) by assumption.
  rewrite <- (Z.sub_add r lo) at 1. rewrite <- (Z.sub_add r hi) at 1.
  change (lo - r)%Z with (lo + - r)%Z. change (hi - r)%Z with (hi + - r)%Z.
  rewrite <- zsum_shift. apply zsum_ext; intros. do 3 f_equal; lia.
Qed.
Theorem sum_divides_3_holds : sum_divides_3.
Proof.
  unfold sum_divides_3. intros.
  replace (lo + - - r)%Z with (lo + r)%Z by lia. replace (hi + - - r)%Z with (hi + r)%Z by lia.
  rewrite <- (zsum_multiples _ _ c (fun i => f (i + - r)%Z)) by assumption.
  rewrite <- zsum_shift. apply zsum_ext; intros. do 2 f_equal; lia.
Qed.

(* Over a whole period one index is congruent to r. *)
Lemma zsum_period lo c r f : (0 < c)%Z ->
  zsum lo (lo + c + - (1)) (fun i => iv (dividesb c (i + - r)) * f i) = f (lo + (r + - lo) mod c)%Z.
Proof.
  intros Hc. set (a := (lo + (r + - lo) mod c)%Z).
  pose proof (Z.mod_pos_bound (r + - lo) c Hc). pose proof (Z.div_mod (r + - lo) c ltac:(lia)).
  assert (A : dividesb c (a + - r) = true).
  { apply dividesb_divide; [lia|]. exists (- ((r + - lo) / c))%Z. unfold a. lia. }
  rewrite (zsum_one _ _ a).
  - unfold within. rewrite A. replace (lo <=? a)%Z with true by (symmetry; apply Z.leb_le; lia).
    replace (a <=? _)%Z with true by (symmetry; apply Z.leb_le; lia). simpl. ring.
  - intros i Hi Hne. destruct (dividesb c (i + - r)) eqn:D; [|simpl; ring]. exfalso. apply Hne.
    apply dividesb_divide in D; [|lia]. apply dividesb_divide in A; [|lia].
    destruct D as [x Hx], A as [y Hy]. assert (E : (i - a = (x - y) * c)%Z) by lia.
    assert (B : (lo <= a < lo + c)%Z) by (unfold a; lia). clearbody a.
    assert (-1 < x - y)%Z by (apply (Z.mul_lt_mono_pos_r c); lia).
    assert (x - y < 1)%Z by (apply (Z.mul_lt_mono_pos_r c); lia). replace (x - y)%Z with 0%Z in E by lia. lia.
Qed.
Theorem sum_period_1_holds : sum_period_1.
Proof. unfold sum_period_1. intros. pose proof (zsum_period 0 c r f H) as P. simpl in P.
  replace (r + 0)%Z with r in P by lia. exact P. Qed.
Theorem sum_period_2_holds : sum_period_2.
Proof. unfold sum_period_2. intros. pose proof (zsum_period 0 c (- r) f H) as P. simpl in P.
  replace (- r + 0)%Z with (- r)%Z in P by lia. rewrite <- P. apply zsum_ext; intros. do 3 f_equal. lia. Qed.
Theorem sum_period_3_holds : sum_period_3.
Proof. unfold sum_period_3. intros. rewrite <- (zsum_period 1 c r f) by assumption. f_equal. lia. Qed.
Theorem sum_period_4_holds : sum_period_4.
Proof. unfold sum_period_4. intros. rewrite <- (zsum_period 1 c (- r) f) by assumption.
  replace (1 + c + - (1))%Z with c by lia. apply zsum_ext; intros. do 3 f_equal. lia. Qed.
Theorem sum_period_5_holds : sum_period_5.
Proof. unfold sum_period_5. intros. now apply zsum_period. Qed.

Ltac by_cut := intros; rewrite ?(zsum_ext _ _ (fun i => iv (Z_leb _ _) * _) _ (fun i _ => bracket_le _ _ _)).
Theorem sum_bracket_le_1_holds : sum_bracket_le_1.
Proof. unfold sum_bracket_le_1. intros. rewrite <- zsum_cut_above. apply zsum_ext; intros. apply bracket_le. Qed.
Theorem sum_bracket_le_2_holds : sum_bracket_le_2.
Proof. unfold sum_bracket_le_2. intros. rewrite <- zsum_cut_below. apply zsum_ext; intros. apply bracket_le. Qed.
Theorem sum_bracket_le_3_holds : sum_bracket_le_3.
Proof. unfold sum_bracket_le_3. intros. rewrite Z.min_comm, <- zsum_cut_above. apply zsum_ext; intros. apply bracket_le. Qed.
Theorem sum_bracket_le_4_holds : sum_bracket_le_4.
Proof. unfold sum_bracket_le_4. intros. rewrite Z.max_comm, <- zsum_cut_below. apply zsum_ext; intros. apply bracket_le. Qed.

(* The rules of rules/ranges.py. *)
Theorem sum_first_1_holds : sum_first_1.
Proof. unfold sum_first_1. intros. rewrite <- (zsum_split lo hi lo) by lia. now rewrite zsum_single. Qed.
Theorem sum_last_1_holds : sum_last_1.
Proof. unfold sum_last_1. intros. now apply zsum_last. Qed.
Theorem sum_diagonal_1_holds : sum_diagonal_1.
Proof. unfold sum_diagonal_1. intros. rewrite <- !zsum_add. apply zsum_ext; intros.
  rewrite (zsum_around lo hi i) by lia. reflexivity. Qed.

(* --- read backwards, and in halves --- *)

Lemma nsum_ext n F G : (forall k, (k < n)%nat -> F k = G k) -> nsum n F = nsum n G.
Proof. induction n; intros H; simpl; [reflexivity|]. now rewrite IHn, (H n) by (intros; try apply H; lia). Qed.
Lemma nsum_first n F : nsum (S n) F = F O + nsum n (fun k => F (S k)).
Proof. induction n; [simpl; ring|]. change (nsum (S (S n)) F) with (nsum (S n) F + F (S n)). rewrite IHn. simpl. ring. Qed.
Lemma nsum_reverse n F : nsum n F = nsum n (fun k => F (n - 1 - k)%nat).
Proof.
  induction n; [reflexivity|]. rewrite (nsum_first n (fun k => F (S n - 1 - k)%nat)).
  change (nsum (S n) F) with (nsum n F + F n). rewrite IHn, Rplus_comm. f_equal; [f_equal; lia|].
  apply nsum_ext; intros. f_equal. lia.
Qed.
Theorem sum_reverse_1_holds : sum_reverse_1.
Proof.
  unfold sum_reverse_1, zsum. intros. rewrite nsum_reverse. apply nsum_ext; intros k Hk. f_equal. unfold len in *. lia.
Qed.
Theorem sum_even_odd_1_holds : sum_even_odd_1.
Proof.
  unfold sum_even_odd_1. intros f hi. destruct (Z_lt_le_dec hi 1) as [H|H]; [rewrite !zsum_empty by lia; ring|].
  assert (1 <= hi + 1)%Z as H' by lia. clear H. revert hi H'.
  apply (range_ind (fun hi => zsum 1 (2 * hi) (fun i => f i) =
    zsum 1 hi (fun i => f (2 * i)%Z) + zsum 1 hi (fun i => f (2 * i + - (1))%Z))).
  - rewrite !zsum_empty by lia. ring.
  - intros h Hh IH. rewrite (zsum_last 1 (2 * h)), (zsum_last 1 (2 * h - 1)), !(zsum_last 1 h) by lia.
    replace (2 * h - 1 - 1)%Z with (2 * (h - 1))%Z by lia. rewrite IH.
    replace (2 * h + - (1))%Z with (2 * h - 1)%Z by lia. ring.
Qed.
