(* The rules of rules/algebra.py, rules/exponentials.py and rules/logarithms.py. *)
From Coq Require Import Reals ZArith Lia Lra Bool.
From Deltasift Require Import Base Statements.
Local Open Scope R_scope.

Theorem one_mul_1_holds : one_mul_1.
Proof. unfold one_mul_1. intros. ring. Qed.
Theorem zero_mul_1_holds : zero_mul_1.
Proof. unfold zero_mul_1. intros. ring. Qed.
Theorem zero_add_1_holds : zero_add_1.
Proof. unfold zero_add_1. intros. ring. Qed.
Theorem mul_add_1_holds : mul_add_1.
Proof. unfold mul_add_1. intros. ring. Qed.
Theorem mul_add_2_holds : mul_add_2.
Proof. unfold mul_add_2. intros. ring. Qed.
Theorem min_of_le_1_holds : min_of_le_1.
Proof. unfold min_of_le_1. intros. now apply Rmin_left. Qed.
Theorem min_of_le_2_holds : min_of_le_2.
Proof. unfold min_of_le_2. intros. now apply Rmin_right. Qed.
Theorem max_of_le_1_holds : max_of_le_1.
Proof. unfold max_of_le_1. intros. now apply Rmax_right. Qed.
Theorem max_of_le_2_holds : max_of_le_2.
Proof. unfold max_of_le_2. intros. now apply Rmax_left. Qed.

Theorem exp_add_1_holds : exp_add_1.
Proof. unfold exp_add_1. intros. apply exp_plus. Qed.
Theorem exp_neg_1_holds : exp_neg_1.
Proof. unfold exp_neg_1. intros. rewrite exp_Ropp. unfold Rdiv. ring. Qed.
Theorem exp_zero_1_holds : exp_zero_1.
Proof. exact exp_0. Qed.
Theorem exp_log_of_pos_1_holds : exp_log_of_pos_1.
Proof. unfold exp_log_of_pos_1. intros. now apply exp_ln. Qed.
Theorem log_exp_1_holds : log_exp_1.
Proof. unfold log_exp_1. intros. apply ln_exp. Qed.
Theorem one_sub_sigma_1_holds : one_sub_sigma_1.
Proof.
  unfold one_sub_sigma_1, sigma. intros. rewrite Ropp_involutive, exp_Ropp. pose proof (exp_pos z). field. split; lra.
Qed.

Theorem log_mul_1_holds : log_mul_1.
Proof. unfold log_mul_1. intros. now apply ln_mult. Qed.
Lemma ln_div x y : 0 < x -> 0 < y -> ln (x / y) = ln x + - ln y.
Proof. intros. unfold Rdiv. rewrite ln_mult, ln_Rinv by auto using Rinv_0_lt_compat. ring. Qed.
Theorem log_div_1_holds : log_div_1.
Proof. unfold log_div_1. intros. now apply ln_div. Qed.
Theorem log_pow_1_holds : log_pow_1.
Proof. unfold log_pow_1. intros. rewrite pw_Rpower by assumption. unfold Rpower. apply ln_exp. Qed.
Theorem log_one_1_holds : log_one_1.
Proof. exact ln_1. Qed.
Theorem mul_log_div_1_holds : mul_log_div_1.
Proof.
  unfold mul_log_div_1. intros p q [H|<-] Hq; [rewrite ln_div by assumption|]; ring.
Qed.
Theorem zero_mul_log_1_holds : zero_mul_log_1.
Proof. unfold zero_mul_log_1. intros x ->. ring. Qed.
Theorem div_self_1_holds : div_self_1.
Proof. unfold div_self_1. intros. field. assumption. Qed.

Lemma zprod_pos lo hi f : (forall i, (lo <= i <= hi)%Z -> 0 < f i) -> 0 < zprod lo hi f.
Proof.
  intros H. destruct (Z_lt_le_dec hi (lo - 1)); [rewrite zprod_empty by lia; lra|].
  assert (H' : (lo <= hi + 1)%Z) by lia. clear l. revert hi H' H.
  apply (range_ind (fun hi => (forall i, (lo <= i <= hi)%Z -> 0 < f i) -> 0 < zprod lo hi f)).
  - intros. rewrite zprod_empty by lia. lra.
  - intros h Hh IH H. rewrite zprod_last by lia. apply Rmult_lt_0_compat; [apply IH; intros|]; apply H; lia.
Qed.
Theorem log_prod_1_holds : log_prod_1.
Proof.
  unfold log_prod_1. intros f lo hi H.
  destruct (Z_lt_le_dec hi (lo - 1)); [rewrite zprod_empty, zsum_empty by lia; apply ln_1|].
  assert (H' : (lo <= hi + 1)%Z) by lia. clear l. revert hi H' H.
  apply (range_ind (fun hi => (forall i, (lo <= i <= hi)%Z -> 0 < f i) ->
    ln (zprod lo hi (fun i => f i)) = zsum lo hi (fun i => ln (f i)))).
  - intros. rewrite zprod_empty, zsum_empty by lia. apply ln_1.
  - intros h Hh IH H. rewrite zprod_last, zsum_last by lia.
    rewrite ln_mult, IH; [reflexivity| | |]; [intros; apply H; lia|apply zprod_pos; intros; apply H; lia|apply H; lia].
Qed.

(* --- roots, and the softplus of a magnitude --- *)

Lemma half_is_no_integer : integerb (1 / 2) = false.
Proof.
  destruct (integerb (1 / 2)) eqn:E; [|reflexivity]. apply integerb_integer in E. destruct E as [z Hz].
  assert (IZR (2 * z) = IZR 1) as H by (rewrite mult_IZR; lra). apply eq_IZR in H. lia.
Qed.
Lemma pw_half x : 0 <= x -> pw x (1 / 2) = sqrt x.
Proof.
  intros H. unfold pw. rewrite half_is_no_integer. destruct (Req_EM_T x 0) as [->|N]; [now rewrite sqrt_0|].
  replace (1 / 2) with (/ 2) by lra. apply Rpower_sqrt. lra.
Qed.
Lemma pw_two x : pw x (IZR 2) = x * x.
Proof. rewrite pw_IZR. simpl. ring. Qed.
Theorem sq_sqrt_1_holds : sq_sqrt_1.
Proof. unfold sq_sqrt_1. intros x H. rewrite pw_half by exact H. rewrite pw_two. now apply sqrt_sqrt. Qed.
Theorem sq_sqrt_2_holds : sq_sqrt_2.
Proof. unfold sq_sqrt_2. intros x H. rewrite pw_half by exact H. rewrite pw_two. now apply sqrt_sqrt. Qed.
Theorem sqrt_sq_1_holds : sqrt_sq_1.
Proof. unfold sqrt_sq_1. intros x. rewrite pw_two, pw_half by apply Rle_0_sqr. apply sqrt_Rsqr_abs. Qed.
Theorem sqrt_sq_2_holds : sqrt_sq_2.
Proof. unfold sqrt_sq_2. intros x. rewrite pw_two, pw_half by apply Rle_0_sqr. apply sqrt_Rsqr_abs. Qed.

Lemma softplus_neg x : ln (1 + exp (- x)) = ln (1 + exp x) + - x.
Proof.
  pose proof (exp_pos x). replace (1 + exp (- x)) with ((1 + exp x) * exp (- x)).
  - rewrite ln_mult, ln_exp; [ring|lra|apply exp_pos].
  - rewrite Rmult_plus_distr_r, Rmult_1_l, <- exp_plus. replace (x + - x) with 0 by ring. rewrite exp_0. ring.
Qed.
Lemma softplus_cases x y : (0 <= x -> y = - x) -> (x <= 0 -> y = x) ->
  ln (1 + exp y) = ln (1 + exp x) + - Rmax x 0.
Proof.
  intros P N. destruct (Rle_dec 0 x) as [H|H].
  - rewrite (P H), Rmax_left by exact H. apply softplus_neg.
  - rewrite N, Rmax_right by lra. ring.
Qed.
Theorem log_one_add_exp_abs_1_holds : log_one_add_exp_abs_1.
Proof.
  unfold log_one_add_exp_abs_1. intros. apply softplus_cases; intros; f_equal.
  - now apply Rabs_pos_eq.
  - rewrite Rabs_left1 by assumption. ring.
Qed.
Theorem log_one_add_exp_abs_2_holds : log_one_add_exp_abs_2.
Proof.
  unfold log_one_add_exp_abs_2. intros. apply softplus_cases; intros.
  - rewrite Rmax_left by assumption. ring.
  - rewrite Rmax_right by assumption. ring.
Qed.
Theorem log_one_add_exp_abs_3_holds : log_one_add_exp_abs_3.
Proof.
  unfold log_one_add_exp_abs_3. intros. apply softplus_cases; intros.
  - rewrite Rmax_left by assumption. ring.
  - rewrite Rmax_right by assumption. ring.
Qed.

Theorem cosh_exp_1_holds : cosh_exp_1.
Proof. unfold cosh_exp_1, cosh. intros. field. Qed.

Theorem sinh_exp_1_holds : sinh_exp_1.
Proof. unfold sinh_exp_1, sinh. intros. field. Qed.

Theorem tanh_sigma_1_holds : tanh_sigma_1.
Proof.
  unfold tanh_sigma_1, tanh, sinh, cosh, sigma. intros. rewrite opp_IZR.
  replace (- (2 * x)) with (- x + - x) by ring. rewrite exp_plus, !exp_Ropp. pose proof (exp_pos x) as H.
  assert (0 < exp x * exp x) by (apply Rmult_lt_0_compat; assumption).
  field. repeat split; nra.
Qed.
