(* What the statements of the rules speak of: finite sums and products over ranges of integers, which are 0 and 1 where
   the range is empty; series by their limits; Kronecker deltas and brackets; powers. And what is known of these. *)
From Coq Require Import Reals ZArith Lia Lra Bool.
Local Open Scope R_scope.

(* --- ranges, and their ends, which may be infinite --- *)

Inductive ext := NegInf | Fin (z : Z) | PosInf.

Definition ext_le (a b : ext) : Prop :=
  match a, b with
  | NegInf, _ => True | _, PosInf => True | Fin x, Fin y => (x <= y)%Z | _, _ => False
  end.
Definition ext_lt (a b : ext) : Prop := ~ ext_le b a.
Definition ext_leb (a b : ext) : bool :=
  match a, b with
  | NegInf, _ => true | _, PosInf => true | Fin x, Fin y => (x <=? y)%Z | _, _ => false
  end.
Definition ext_ltb (a b : ext) : bool := negb (ext_leb b a).
Definition times (c : Z) (e : ext) : ext := match e with Fin z => Fin (c * z) | _ => e end.
Definition inside (lo hi : ext) (i : Z) : Prop := ext_le lo (Fin i) /\ ext_le (Fin i) hi.

Inductive rext := RNegInf | RFin (r : R) | RPosInf.
Definition of_ext (e : ext) : rext := match e with NegInf => RNegInf | Fin z => RFin (IZR z) | PosInf => RPosInf end.
Definition extR_le (a b : rext) : Prop :=
  match a, b with
  | RNegInf, _ => True | _, RPosInf => True | RFin x, RFin y => x <= y | _, _ => False
  end.
Definition extR_lt (a b : rext) : Prop := ~ extR_le b a.

(* --- statements that are decided, for brackets --- *)

Definition Z_leb := Z.leb.
Definition Z_ltb := Z.ltb.
Definition Z_eqb := Z.eqb.
Definition Z_neb (a b : Z) : bool := negb (a =? b)%Z.
Definition R_leb (a b : R) : bool := if Rle_dec a b then true else false.
Definition R_ltb (a b : R) : bool := if Rlt_dec a b then true else false.
Definition R_eqb (a b : R) : bool := if Req_EM_T a b then true else false.
Definition R_neb (a b : R) : bool := negb (R_eqb a b).
Definition extR_leb (a b : rext) : bool :=
  match a, b with
  | RNegInf, _ => true | _, RPosInf => true | RFin x, RFin y => R_leb x y | _, _ => false
  end.
Definition dividesb (c a : Z) : bool := (a mod c =? 0)%Z.
Definition is_integer (x : R) : Prop := exists z : Z, x = IZR z.
Definition integerb (x : R) : bool := R_eqb x (IZR (Int_part x)).
Definition iv (b : bool) : R := if b then 1 else 0.
Definition delta (i j : Z) : R := if Z.eq_dec i j then 1 else 0.
Definition deltaR (x y : R) : R := if Req_EM_T x y then 1 else 0.

(* --- functions --- *)

Definition pw (x y : R) : R :=
  if integerb y then powerRZ x (Int_part y) else if Req_EM_T x 0 then 0 else Rpower x y.
Definition sigma (z : R) : R := 1 / (1 + exp (- z)).

(* --- sums and products --- *)

Fixpoint nsum (n : nat) (f : nat -> R) : R := match n with O => 0 | S m => nsum m f + f m end.
Fixpoint nprod (n : nat) (f : nat -> R) : R := match n with O => 1 | S m => nprod m f * f m end.
Definition len (lo hi : Z) : nat := Z.to_nat (hi - lo + 1).
Definition zsum (lo hi : Z) (f : Z -> R) : R := nsum (len lo hi) (fun k => f (lo + Z.of_nat k)%Z).
Definition zprod (lo hi : Z) (f : Z -> R) : R := nprod (len lo hi) (fun k => f (lo + Z.of_nat k)%Z).

(* A series is the limit of its sums over l..h, where l and h go to the ends that are infinite. *)
Definition low (lo : ext) (l h : Z) : Z := match lo with NegInf => l | Fin z => z | PosInf => (h + 1)%Z end.
Definition high (hi : ext) (l h : Z) : Z := match hi with NegInf => (l - 1)%Z | Fin z => z | PosInf => h end.
Definition is_limit (F : Z -> Z -> R) (s : R) : Prop :=
  forall eps, 0 < eps -> exists n : Z, forall l h, (l <= - n)%Z -> (n <= h)%Z -> Rabs (F l h - s) < eps.
Definition is_sum (lo hi : ext) (f : Z -> R) (s : R) : Prop :=
  is_limit (fun l h => zsum (low lo l h) (high hi l h) f) s.
Definition is_prod (lo hi : ext) (f : Z -> R) (s : R) : Prop :=
  is_limit (fun l h => zprod (low lo l h) (high hi l h) f) s.

(* --- induction over a range --- *)

Lemma range_ind (P : Z -> Prop) (lo : Z) :
  P (lo - 1)%Z -> (forall h, (lo <= h)%Z -> P (h - 1)%Z -> P h) -> forall hi, (lo <= hi + 1)%Z -> P hi.
Proof.
  intros H0 HS hi H. replace hi with (lo - 1 + Z.of_nat (len lo hi))%Z by (unfold len; lia).
  clear H. induction (len lo hi) as [|n IH]; [now rewrite Z.add_0_r|].
  apply HS; [lia|]. replace (lo - 1 + Z.of_nat (S n) - 1)%Z with (lo - 1 + Z.of_nat n)%Z by lia. exact IH.
Qed.

Lemma zsum_empty lo hi f : (hi < lo)%Z -> zsum lo hi f = 0.
Proof. intros; unfold zsum, len. now replace (Z.to_nat _) with O by lia. Qed.
Lemma zprod_empty lo hi f : (hi < lo)%Z -> zprod lo hi f = 1.
Proof. intros; unfold zprod, len. now replace (Z.to_nat _) with O by lia. Qed.

Lemma zsum_last lo hi f : (lo <= hi)%Z -> zsum lo hi f = zsum lo (hi - 1) f + f hi.
Proof.
  intros; unfold zsum. replace (len lo hi) with (S (len lo (hi - 1))) by (unfold len; lia). simpl.
  f_equal. f_equal. unfold len; lia.
Qed.
Lemma zprod_last lo hi f : (lo <= hi)%Z -> zprod lo hi f = zprod lo (hi - 1) f * f hi.
Proof.
  intros; unfold zprod. replace (len lo hi) with (S (len lo (hi - 1))) by (unfold len; lia). simpl.
  f_equal. f_equal. unfold len; lia.
Qed.

(* To show a property of both sides at all ranges: it holds at the empty one, and one more term keeps it. *)
Ltac by_range lo hi :=
  destruct (Z_lt_le_dec hi lo) as [Hempty|Hfull];
  [rewrite ?zsum_empty, ?zprod_empty by lia
  |revert hi Hfull;
   match goal with |- forall hi : Z, (lo <= hi)%Z -> @?P hi =>
     let Q := fresh "Q" in
     enough (Q : forall hi : Z, (lo <= hi + 1)%Z -> P hi) by (intros hi Hfull; apply Q; lia);
     apply (range_ind P lo);
     [cbv beta; rewrite ?zsum_empty, ?zprod_empty by lia
     |cbv beta; let h := fresh "h" in let Hh := fresh "Hh" in let IH := fresh "IH" in intros h Hh IH;
      rewrite ?(zsum_last lo h), ?(zprod_last lo h) by lia]
   end].

Lemma zsum_ext lo hi f g : (forall i, (lo <= i <= hi)%Z -> f i = g i) -> zsum lo hi f = zsum lo hi g.
Proof.
  unfold zsum. intros H. assert (forall n, (n <= len lo hi)%nat ->
    nsum n (fun k => f (lo + Z.of_nat k)%Z) = nsum n (fun k => g (lo + Z.of_nat k)%Z)) as A.
  { induction n; intros; simpl; [reflexivity|]. rewrite IHn by lia. f_equal. apply H. unfold len in *; lia. }
  now apply A.
Qed.
Lemma zprod_ext lo hi f g : (forall i, (lo <= i <= hi)%Z -> f i = g i) -> zprod lo hi f = zprod lo hi g.
Proof.
  unfold zprod. intros H. assert (forall n, (n <= len lo hi)%nat ->
    nprod n (fun k => f (lo + Z.of_nat k)%Z) = nprod n (fun k => g (lo + Z.of_nat k)%Z)) as A.
  { induction n; intros; simpl; [reflexivity|]. rewrite IHn by lia. f_equal. apply H. unfold len in *; lia. }
  now apply A.
Qed.

Lemma zsum_add lo hi f g : zsum lo hi (fun i => f i + g i) = zsum lo hi f + zsum lo hi g.
Proof. unfold zsum. induction (len lo hi); simpl; [|rewrite IHn]; ring. Qed.
Lemma zsum_mul lo hi a f : zsum lo hi (fun i => a * f i) = a * zsum lo hi f.
Proof. unfold zsum. induction (len lo hi); simpl; [|rewrite IHn]; ring. Qed.
Lemma zsum_neg lo hi f : zsum lo hi (fun i => - f i) = - zsum lo hi f.
Proof. unfold zsum. induction (len lo hi); simpl; [|rewrite IHn]; ring. Qed.
Lemma zsum_0 lo hi : zsum lo hi (fun _ => 0) = 0.
Proof. unfold zsum. induction (len lo hi); simpl; [|rewrite IHn]; ring. Qed.
Lemma zprod_mul lo hi f g : zprod lo hi (fun i => f i * g i) = zprod lo hi f * zprod lo hi g.
Proof. unfold zprod. induction (len lo hi); simpl; [|rewrite IHn]; ring. Qed.
Lemma zprod_1 lo hi : zprod lo hi (fun _ => 1) = 1.
Proof. unfold zprod. induction (len lo hi); simpl; [|rewrite IHn]; ring. Qed.
Lemma zsum_zero lo hi f : (forall i, (lo <= i <= hi)%Z -> f i = 0) -> zsum lo hi f = 0.
Proof. intros H. rewrite (zsum_ext lo hi f (fun _ => 0)) by exact H. apply zsum_0. Qed.
Lemma zprod_unit lo hi f : (forall i, (lo <= i <= hi)%Z -> f i = 1) -> zprod lo hi f = 1.
Proof. intros H. rewrite (zprod_ext lo hi f (fun _ => 1)) by exact H. apply zprod_1. Qed.
Lemma zsum_comm lo hi a b F :
  zsum lo hi (fun i => zsum a b (fun j => F i j)) = zsum a b (fun j => zsum lo hi (fun i => F i j)).
Proof.
  unfold zsum at 1. unfold zsum at 3.
  induction (len lo hi); simpl; [now rewrite zsum_0|]. now rewrite IHn, <- zsum_add.
Qed.
Lemma zprod_comm lo hi a b F :
  zprod lo hi (fun i => zprod a b (fun j => F i j)) = zprod a b (fun j => zprod lo hi (fun i => F i j)).
Proof.
  unfold zprod at 1. unfold zprod at 3.
  induction (len lo hi); simpl; [now rewrite zprod_1|]. now rewrite IHn, <- zprod_mul.
Qed.
Lemma zsum_shift lo hi c f : zsum lo hi (fun i => f (i + c)%Z) = zsum (lo + c) (hi + c) f.
Proof.
  unfold zsum. replace (len (lo + c) (hi + c)) with (len lo hi) by (unfold len; lia).
  induction (len lo hi); simpl; [reflexivity|]. rewrite IHn. do 2 f_equal; lia.
Qed.
Lemma zprod_shift lo hi c f : zprod lo hi (fun i => f (i + c)%Z) = zprod (lo + c) (hi + c) f.
Proof.
  unfold zprod. replace (len (lo + c) (hi + c)) with (len lo hi) by (unfold len; lia).
  induction (len lo hi); simpl; [reflexivity|]. rewrite IHn. do 2 f_equal; lia.
Qed.

Lemma zsum_split lo hi m f : (lo <= m + 1)%Z -> (m <= hi)%Z -> zsum lo m f + zsum (m + 1) hi f = zsum lo hi f.
Proof.
  intros H1 H2. assert (H3 : (m + 1 <= hi + 1)%Z) by lia. clear H2. revert hi H3.
  apply (range_ind (fun hi => zsum lo m f + zsum (m + 1) hi f = zsum lo hi f)).
  - rewrite (zsum_empty (m + 1)) by lia. replace (m + 1 - 1)%Z with m by lia. ring.
  - intros h Hh IH. rewrite (zsum_last (m + 1) h), (zsum_last lo h), <- IH by lia. ring.
Qed.
Lemma zprod_split lo hi m f : (lo <= m + 1)%Z -> (m <= hi)%Z -> zprod lo m f * zprod (m + 1) hi f = zprod lo hi f.
Proof.
  intros H1 H2. assert (H3 : (m + 1 <= hi + 1)%Z) by lia. clear H2. revert hi H3.
  apply (range_ind (fun hi => zprod lo m f * zprod (m + 1) hi f = zprod lo hi f)).
  - rewrite (zprod_empty (m + 1)) by lia. replace (m + 1 - 1)%Z with m by lia. ring.
  - intros h Hh IH. rewrite (zprod_last (m + 1) h), (zprod_last lo h), <- IH by lia. ring.
Qed.
Lemma zsum_single m f : zsum m m f = f m.
Proof. rewrite zsum_last, zsum_empty by lia. ring. Qed.
Lemma zprod_single m f : zprod m m f = f m.
Proof. rewrite zprod_last, zprod_empty by lia. ring. Qed.
Lemma zsum_around lo hi a f : (lo <= a)%Z -> (a <= hi)%Z ->
  zsum lo hi f = zsum lo (a - 1) f + f a + zsum (a + 1) hi f.
Proof.
  intros. rewrite <- (zsum_split lo hi a) by lia. rewrite (zsum_last lo a) by lia. ring.
Qed.
Lemma zprod_around lo hi a f : (lo <= a)%Z -> (a <= hi)%Z ->
  zprod lo hi f = zprod lo (a - 1) f * f a * zprod (a + 1) hi f.
Proof.
  intros. rewrite <- (zprod_split lo hi a) by lia. rewrite (zprod_last lo a) by lia. ring.
Qed.

Definition within (lo hi a : Z) : bool := ((lo <=? a) && (a <=? hi))%Z.
Lemma zsum_one lo hi a f : (forall i, (lo <= i <= hi)%Z -> i <> a -> f i = 0) ->
  zsum lo hi f = if within lo hi a then f a else 0.
Proof.
  intros H. unfold within. destruct (lo <=? a)%Z eqn:E1, (a <=? hi)%Z eqn:E2; simpl.
  - rewrite (zsum_around lo hi a) by lia.
    rewrite (zsum_ext lo (a - 1) f (fun _ => 0)), (zsum_ext (a + 1) hi f (fun _ => 0)), !zsum_0; [ring| |];
      intros; apply H; lia.
  - rewrite (zsum_ext lo hi f (fun _ => 0)), zsum_0; [reflexivity|]; intros; apply H; lia.
  - rewrite (zsum_ext lo hi f (fun _ => 0)), zsum_0; [reflexivity|]; intros; apply H; lia.
  - rewrite (zsum_ext lo hi f (fun _ => 0)), zsum_0; [reflexivity|]; intros; apply H; lia.
Qed.
Lemma zprod_one lo hi a f : (forall i, (lo <= i <= hi)%Z -> i <> a -> f i = 1) ->
  zprod lo hi f = if within lo hi a then f a else 1.
Proof.
  intros H. unfold within. destruct (lo <=? a)%Z eqn:E1, (a <=? hi)%Z eqn:E2; simpl.
  - rewrite (zprod_around lo hi a) by lia.
    rewrite (zprod_ext lo (a - 1) f (fun _ => 1)), (zprod_ext (a + 1) hi f (fun _ => 1)), !zprod_1; [ring| |];
      intros; apply H; lia.
  - rewrite (zprod_ext lo hi f (fun _ => 1)), zprod_1; [reflexivity|]; intros; apply H; lia.
  - rewrite (zprod_ext lo hi f (fun _ => 1)), zprod_1; [reflexivity|]; intros; apply H; lia.
  - rewrite (zprod_ext lo hi f (fun _ => 1)), zprod_1; [reflexivity|]; intros; apply H; lia.
Qed.

(* --- series of one term --- *)

Lemma eventually F s n : (forall l h, (l <= - n)%Z -> (n <= h)%Z -> F l h = s) -> is_limit F s.
Proof.
  intros H eps He. exists n. intros l h Hl Hh. rewrite H by assumption.
  replace (s - s) with 0 by ring. now rewrite Rabs_R0.
Qed.

Definition insideb (lo hi : ext) (i : Z) : bool := ext_leb lo (Fin i) && ext_leb (Fin i) hi.
Lemma ext_leb_le a b : ext_leb a b = true <-> ext_le a b.
Proof. destruct a, b; simpl; rewrite ?Z.leb_le; intuition congruence. Qed.
Lemma insideb_inside lo hi i : insideb lo hi i = true <-> inside lo hi i.
Proof. unfold insideb, inside. now rewrite andb_true_iff, !ext_leb_le. Qed.
Definition far (e : ext) : Z := match e with Fin z => (Z.abs z + 2)%Z | _ => 2%Z end.
Definition beyond (lo hi : ext) (a : Z) : Z := (far lo + far hi + Z.abs a)%Z.

Lemma near_inside lo hi a l h i : (l <= - beyond lo hi a)%Z -> (beyond lo hi a <= h)%Z ->
  (low lo l h <= i <= high hi l h)%Z -> inside lo hi i.
Proof. unfold beyond, inside. intros. destruct lo, hi; cbn [far low high ext_le] in *; lia. Qed.
Lemma within_insideb lo hi a l h : (l <= - beyond lo hi a)%Z -> (beyond lo hi a <= h)%Z ->
  within (low lo l h) (high hi l h) a = insideb lo hi a.
Proof.
  unfold beyond, insideb, within. intros.
  destruct lo, hi; cbn [far low high ext_leb] in *;
    repeat match goal with |- context [(?x <=? ?y)%Z] => destruct (Z.leb_spec x y) end; cbn [andb]; try reflexivity; lia.
Qed.

Lemma is_sum_one lo hi a f s : (forall i, inside lo hi i -> i <> a -> f i = 0) ->
  s = (if insideb lo hi a then f a else 0) -> is_sum lo hi f s.
Proof.
  intros H ->. apply (eventually _ _ (beyond lo hi a)). intros l h Hl Hh.
  rewrite <- (within_insideb lo hi a l h) by assumption. apply zsum_one.
  intros i Hi. apply H. now apply (near_inside lo hi a l h).
Qed.
Lemma is_prod_one lo hi a f s : (forall i, inside lo hi i -> i <> a -> f i = 1) ->
  s = (if insideb lo hi a then f a else 1) -> is_prod lo hi f s.
Proof.
  intros H ->. apply (eventually _ _ (beyond lo hi a)). intros l h Hl Hh.
  rewrite <- (within_insideb lo hi a l h) by assumption. apply zprod_one.
  intros i Hi. apply H. now apply (near_inside lo hi a l h).
Qed.
Lemma is_sum_none lo hi f : (forall i, inside lo hi i -> f i = 0) -> is_sum lo hi f 0.
Proof. intros H. apply (is_sum_one lo hi 0); [auto|]. destruct (insideb lo hi 0) eqn:E; [|reflexivity].
  symmetry. apply H. now apply insideb_inside. Qed.
Lemma is_prod_none lo hi f : (forall i, inside lo hi i -> f i = 1) -> is_prod lo hi f 1.
Proof. intros H. apply (is_prod_one lo hi 0); [auto|]. destruct (insideb lo hi 0) eqn:E; [|reflexivity].
  symmetry. apply H. now apply insideb_inside. Qed.

(* --- what is decided --- *)

Lemma R_leb_le a b : R_leb a b = true <-> a <= b.
Proof. unfold R_leb; destruct (Rle_dec a b); intuition congruence. Qed.
Lemma R_ltb_lt a b : R_ltb a b = true <-> a < b.
Proof. unfold R_ltb; destruct (Rlt_dec a b); intuition congruence. Qed.
Lemma R_eqb_eq a b : R_eqb a b = true <-> a = b.
Proof. unfold R_eqb; destruct (Req_EM_T a b); intuition congruence. Qed.
Lemma R_leb_IZR a b : R_leb (IZR a) (IZR b) = (a <=? b)%Z.
Proof. unfold R_leb. destruct (Rle_dec (IZR a) (IZR b)) as [H|H]; symmetry.
  - apply Z.leb_le. now apply le_IZR. - apply Z.leb_gt. apply lt_IZR. lra. Qed.
Lemma extR_leb_le a b : extR_leb a b = true <-> extR_le a b.
Proof. destruct a, b; simpl; rewrite ?R_leb_le; intuition congruence. Qed.

Lemma Int_part_IZR z : Int_part (IZR z) = z.
Proof.
  unfold Int_part. assert (up (IZR z) = z + 1)%Z as ->; [|lia].
  symmetry. apply tech_up; rewrite ?plus_IZR; lra.
Qed.
Lemma integerb_integer x : integerb x = true <-> is_integer x.
Proof.
  unfold integerb, is_integer. rewrite R_eqb_eq. split.
  - intros H. now exists (Int_part x). - intros [z ->]. now rewrite Int_part_IZR.
Qed.
Lemma integerb_IZR z : integerb (IZR z) = true.
Proof. apply integerb_integer. now exists z. Qed.
Lemma dividesb_divide c a : c <> 0%Z -> dividesb c a = true <-> (c | a)%Z.
Proof. intros. unfold dividesb. rewrite Z.eqb_eq. now apply Z.mod_divide. Qed.

(* --- deltas --- *)

Lemma delta_self i : delta i i = 1.
Proof. unfold delta. now destruct (Z.eq_dec i i). Qed.
Lemma delta_ne i j : i <> j -> delta i j = 0.
Proof. unfold delta. now destruct (Z.eq_dec i j). Qed.
Lemma deltaR_self x : deltaR x x = 1.
Proof. unfold deltaR. now destruct (Req_EM_T x x). Qed.
Lemma deltaR_ne x y : x <> y -> deltaR x y = 0.
Proof. unfold deltaR. now destruct (Req_EM_T x y). Qed.
Lemma deltaR_IZR i j : deltaR (IZR i) (IZR j) = delta i j.
Proof. unfold deltaR, delta. destruct (Req_EM_T (IZR i) (IZR j)) as [E|E], (Z.eq_dec i j); subst; auto.
  - now apply eq_IZR in E. - congruence. Qed.

(* --- powers --- *)

Lemma pw_IZR x z : pw x (IZR z) = powerRZ x z.
Proof. unfold pw. now rewrite integerb_IZR, Int_part_IZR. Qed.
Lemma pw_0 x : pw x 0 = 1.
Proof. change 0 with (IZR 0). now rewrite pw_IZR. Qed.
Lemma pw_1 x : pw x 1 = x.
Proof. change 1 with (IZR 1) at 1. rewrite pw_IZR. simpl. ring. Qed.
Lemma pw_delta x i j : pw x (delta i j) = if Z.eq_dec i j then x else 1.
Proof. unfold delta. destruct (Z.eq_dec i j); [apply pw_1|apply pw_0]. Qed.
Lemma pw_nat x n : pw x (IZR (Z.of_nat n)) = x ^ n.
Proof. rewrite pw_IZR. symmetry. apply pow_powerRZ. Qed.
Lemma powerRZ_Rpower x z : 0 < x -> powerRZ x z = Rpower x (IZR z).
Proof. intros. destruct z as [|p|p]; simpl.
  - now rewrite Rpower_O.
  - rewrite <- Rpower_pow by assumption. f_equal. rewrite INR_IPR. reflexivity.
  - change (IZR (Z.neg p)) with (- IZR (Z.pos p)). rewrite Rpower_Ropp. f_equal. rewrite <- Rpower_pow by assumption.
    f_equal. rewrite INR_IPR. reflexivity. Qed.
Lemma pw_Rpower x y : 0 < x -> pw x y = Rpower x y.
Proof. intros. unfold pw. destruct (integerb y) eqn:E; [|now destruct (Req_EM_T x 0); [lra|]].
  apply integerb_integer in E. destruct E as [z ->]. rewrite Int_part_IZR. now apply powerRZ_Rpower. Qed.
